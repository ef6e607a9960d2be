using System.Globalization;

namespace Certhelper.Core.Runs;

/// <summary>A list of runs as it is pasted from a mail or a table.</summary>
/// <param name="Runs">The runs, ascending, each once.</param>
/// <param name="Ignored">What is no run, as it was written, each once.</param>
/// <param name="Problem">Why the list cannot be used; null when it can.</param>
public sealed record RunListText(IReadOnlyList<int> Runs, IReadOnlyList<string> Ignored, string? Problem)
{
    /// <summary>Runs in one list.</summary>
    public const int Most = 5_000;

    /// <summary>Letters in one list.</summary>
    public const int Longest = 60_000;

    private static readonly char[] Between = [',', ';', ' ', '\t', '\r', '\n', '[', ']', '(', ')', '"', '\''];

    /// <summary>Reads numbers and ranges such as <c>380115-380130</c>; anything else is named and left out.</summary>
    public static RunListText Parse(string? text)
    {
        text ??= "";
        if (text.Length > Longest) return new RunListText([], [], string.Create(CultureInfo.InvariantCulture, $"The list is too long; take at most {Longest:N0} letters."));
        SortedSet<int> runs = [];
        List<string> ignored = [];
        foreach (var part in text.Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', '–');
            if (ends.Length <= 2 && Number(ends[0]) is { } from && Number(ends[^1]) is { } to && from <= to && to - from < Most)
            {
                for (var run = from; run <= to && runs.Count <= Most; run++) runs.Add(run);
            }
            else
            {
                ignored.Add(part.Length <= 40 ? part : part[..40] + "…");
            }
        }

        return runs.Count > Most
            ? new RunListText([], [], string.Create(CultureInfo.InvariantCulture, $"These are too many runs; take at most {Most:N0}."))
            : new RunListText([.. runs], [.. ignored.Distinct(StringComparer.Ordinal)], null);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 10_000_000 ? number : null;
}
