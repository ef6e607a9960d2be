using System.Text.RegularExpressions;

namespace Certhelper.Core.Checklists;

/// <summary>Items and answers in plain words, for messages and the history.</summary>
public static partial class ChecklistWords
{
    private const int Longest = 80;

    /// <summary>The text of an item without Markdown, cut where it gets long.</summary>
    public static string Plain(string markdown)
    {
        var words = Spaces().Replace(Marks().Replace(Links().Replace(markdown, "$1"), ""), " ").Trim().TrimEnd('.');
        return words.Length <= Longest ? words : words[..(Longest - 1)].TrimEnd() + "…";
    }

    /// <summary>An answer: <c>yes</c>, <c>0.4 %</c>, <c>not applicable: maps missing</c>.</summary>
    public static string Of(string? value, string? because, string? unit) => because is not null
        ? "not applicable: " + because
        : string.IsNullOrEmpty(unit) ? value ?? "" : $"{value} {unit}";

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex("[*_`#>]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
