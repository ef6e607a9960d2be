using System.Globalization;
using System.Text.RegularExpressions;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Scripts;

/// <summary>Given values after the check.</summary>
/// <param name="Values">By the argument's name, as they were understood; arguments left empty are absent.</param>
/// <param name="Words">The words that follow the command.</param>
/// <param name="Runs">Runs of all run lists.</param>
public sealed record GivenArguments(Dictionary<string, string> Values, List<string> Words, List<int> Runs);

/// <summary>The one place where values for a script are checked and become words.</summary>
public static class ArgumentRules
{
    /// <summary>Longest text, unless the argument says less.</summary>
    public const int LongestText = 1_000;

    /// <summary>Most runs, unless the argument says less.</summary>
    public const int MostRuns = 50;

    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks the values. Errors name the argument; nothing is returned when there are any.</summary>
    public static (GivenArguments? Given, IReadOnlyList<FieldError> Errors) Read(ScriptDefinition definition, IReadOnlyDictionary<string, string?> values)
    {
        List<FieldError> errors = [];
        Dictionary<string, string> understood = [];
        Dictionary<string, List<string>> parts = [];
        List<int> runs = [];
        foreach (var argument in definition.Arguments)
        {
            var text = values.GetValueOrDefault(argument.Name)?.Trim() ?? "";
            if (text.Length == 0)
            {
                if (argument.Required) errors.Add(new FieldError(argument.Name, argument.Kind == ScriptArgumentKind.Choice ? "Choose one." : "This is needed."));
                continue;
            }

            var (words, problem) = Check(argument, text);
            if (problem is not null)
            {
                errors.Add(new FieldError(argument.Name, problem));
                continue;
            }

            parts[argument.Name] = words;
            understood[argument.Name] = string.Join(argument.Kind == ScriptArgumentKind.RunList ? ", " : " ", words);
            if (argument.Kind == ScriptArgumentKind.RunList) runs.AddRange(words.Select(word => int.Parse(word, CultureInfo.InvariantCulture)));
        }

        if (errors.Count > 0) return (null, errors);
        return (new GivenArguments(understood, Words(definition, parts), [.. runs.Distinct().Order()]), []);
    }

    /// <summary>Why a default cannot be used; null when it can, or when there is none.</summary>
    public static string? ProblemOfDefault(ScriptArgument argument) =>
        argument.Default.Trim() is { Length: > 0 } text ? Check(argument, text).Problem : null;

    private static List<string> Words(ScriptDefinition definition, Dictionary<string, List<string>> parts)
    {
        List<string> words = [];
        // Words without a keyword are told apart by their place alone, so they come first, in the order of the definition.
        foreach (var argument in definition.Arguments.Where(argument => argument.Keyword.Length == 0))
            words.AddRange(parts.GetValueOrDefault(argument.Name) ?? []);
        foreach (var argument in definition.Arguments.Where(argument => argument.Keyword.Length > 0))
        {
            if (!parts.TryGetValue(argument.Name, out var values)) continue;
            if (argument.Separator == KeywordSeparator.Equals) words.Add($"--{argument.Keyword}={string.Join(',', values)}");
            else words.AddRange([$"--{argument.Keyword}", .. values]);
        }

        return words;
    }

    private static (List<string> Words, string? Problem) Check(ScriptArgument argument, string text) => argument.Kind switch
    {
        ScriptArgumentKind.Integer => Integer(argument, text),
        ScriptArgumentKind.Text => Text(argument, text),
        ScriptArgumentKind.Choice => argument.Choices.Contains(text) ? ([text], null) : ([], $"Choose one of {string.Join(", ", argument.Choices)}."),
        ScriptArgumentKind.RunList => Runs(argument, text),
    };

    private static (List<string> Words, string? Problem) Integer(ScriptArgument argument, string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return ([], "This is a whole number, of digits only.");
        if (number < argument.Min) return ([], string.Create(CultureInfo.InvariantCulture, $"At least {argument.Min}."));
        if (number > argument.Max) return ([], string.Create(CultureInfo.InvariantCulture, $"At most {argument.Max}."));
        return ([number.ToString(CultureInfo.InvariantCulture)], null);
    }

    private static (List<string> Words, string? Problem) Text(ScriptArgument argument, string text)
    {
        var longest = Math.Min(argument.Max ?? LongestText, LongestText);
        if (text.Length > longest) return ([], string.Create(CultureInfo.InvariantCulture, $"That are {text.Length} characters; at most {longest} are taken."));
        if (text.Any(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            return ([], "One line of printable characters, please.");
        // A script would read it as an option, whatever we quote.
        if (text[0] == '-') return ([], "This cannot begin with a dash: the script would take it for an option.");
        if (argument.Pattern.Length > 0 && !Matches(argument.Pattern, text)) return ([], $"This does not look as it must{(argument.Help.Length > 0 ? ": " + argument.Help : $" (pattern {argument.Pattern}).")}");
        return ([text], null);
    }

    private static (List<string> Words, string? Problem) Runs(ScriptArgument argument, string text)
    {
        var most = (int)Math.Min(argument.Max ?? MostRuns, MostRuns);
        if (RunSelection.Parse(text, out var problem) is not { } selection) return ([], problem ?? "This is needed.");
        var count = selection.Ranges.Sum(range => (long)range.To - range.From + 1);
        if (count > most) return ([], string.Create(CultureInfo.InvariantCulture, $"That are {count} runs; at most {most} at a time."));
        var numbers = selection.Numbers(most);
        if (numbers.Count < argument.Min) return ([], string.Create(CultureInfo.InvariantCulture, $"At least {argument.Min} runs."));
        if (numbers.Select(RunNumbers.Problem).OfType<string>().FirstOrDefault() is { } wrong) return ([], wrong);
        return ([.. numbers.Order().Select(number => number.ToString(CultureInfo.InvariantCulture))], null);
    }

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, $@"\A(?:{Patterns.Translate(pattern)})\z", RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
