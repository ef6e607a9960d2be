using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Lists;

/// <summary>One parameter of a list, as its page, its API and its saved filters know it.</summary>
/// <param name="Choices">The words it takes; null when it takes others.</param>
/// <param name="Several">Whether it may be repeated, or name several values with commas between.</param>
public sealed record FilterParameter(
    string Name, string Description, string? Example = null, IReadOnlyCollection<string>? Choices = null, bool Several = false);

/// <summary>A value of a parameter that cannot be understood, and what would be.</summary>
public sealed record FilterProblem(string Parameter, string Words);

/// <summary>
/// Reads the parameters of a list. A value that it cannot understand is named and never left out silently: a list that
/// shows more than was asked for is a wrong list.
/// </summary>
/// <param name="value">What is written for a parameter; null or empty when nothing is.</param>
public sealed class FilterReader(Func<string, string?> value)
{
    private const int MostValues = 100;
    private const int LongestText = 2_000;

    private readonly List<FilterProblem> problems = [];
    private readonly SortedDictionary<string, string> used = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> meant = new(StringComparer.Ordinal);

    public IReadOnlyList<FilterProblem> Problems => problems;

    /// <summary>What was read, in one order however it was written.</summary>
    public IReadOnlyDictionary<string, string> Used => used;

    /// <summary>The same as it is understood: order, spaces, capitals and doubles that mean nothing are gone.</summary>
    public IReadOnlyDictionary<string, string> Meant => meant;

    /// <summary>The same without some parameters, as if they were not written.</summary>
    public FilterReader Without(IReadOnlyCollection<string> names) => new(name => names.Contains(name) ? null : value(name));

    public void Refuse(string name, string words) => problems.Add(new FilterProblem(name, words));

    /// <summary>One text; null when nothing was written.</summary>
    public string? Text(string name, int longest = LongestText)
    {
        var clean = new string([.. (value(name) ?? "").Where(letter => !char.IsControl(letter) || char.IsWhiteSpace(letter))]).Trim();
        if (clean.Length == 0) return null;
        if (clean.Length > longest)
        {
            Refuse(name, string.Create(CultureInfo.InvariantCulture, $"This is too long; take at most {longest} letters."));
            return null;
        }

        used[name] = clean;
        meant[name] = string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return clean;
    }

    /// <summary>Several texts: repeated, or with commas between.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Text(name) is not { } text) return [];
        List<string> values = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        if (values.Count <= MostValues)
        {
            Mean(name, values);
            return values;
        }

        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"That are {values.Count} values; take at most {MostValues}."));
        return [];
    }

    public IReadOnlyList<T> Choices<T>(string name, IReadOnlyDictionary<string, T> choices)
    {
        List<T> found = [];
        var texts = Texts(name);
        if (texts.Count > 0) Mean(name, choices.Keys.Where(word => texts.Contains(word, StringComparer.OrdinalIgnoreCase)));
        foreach (var text in texts)
        {
            if (choices.TryGetValue(text, out var choice)) found.Add(choice);
            else Refuse(name, $"\"{Cut(text)}\" is none of {string.Join(", ", choices.Keys)}.");
        }

        return found;
    }

    /// <summary>The word of one choice; null when nothing was written or it is wrong.</summary>
    public string? Word(string name, IReadOnlyCollection<string> choices)
    {
        if (Text(name) is not { } text) return null;
        if (choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            meant[name] = word;
            return word;
        }

        Refuse(name, $"\"{Cut(text)}\" is none of {string.Join(", ", choices)}.");
        return null;
    }

    public bool? YesNo(string name)
    {
        bool? said = Word(name, YesOrNo) switch
        {
            "yes" or "true" => true,
            "no" or "false" => false,
            _ => null,
        };
        if (said is { } yes) meant[name] = yes ? "yes" : "no";
        return said;
    }

    public static IReadOnlyList<string> YesOrNo { get; } = ["yes", "no", "true", "false"];

    public IReadOnlyList<int> Numbers(string name)
    {
        List<int> found = [];
        foreach (var text in Texts(name))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) found.Add(number);
            else Refuse(name, $"\"{Cut(text)}\" is no number.");
        }

        if (found.Count > 0) meant[name] = string.Join(',', found.Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>One number within limits; null when nothing was written or it is wrong.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"\"{Cut(text)}\" is no number from {least} to {most}."));
        return null;
    }

    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100) return day;
        Refuse(name, $"\"{Cut(text)}\" is no day. Write it like 2024-10-05.");
        return null;
    }

    public NumberRange? Range(string name)
    {
        if (Text(name) is not { } text) return null;
        if (NumberRange.TryParse(text, out var range))
        {
            meant[name] = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
            return range;
        }

        Refuse(name, $"\"{Cut(text)}\" is no number or range. Write it like 3.8 or 3.5..3.9.");
        return null;
    }

    public RunSelection? Selection(string name)
    {
        if (Text(name) is not { } text) return null;
        var selection = RunSelection.Parse(text, out var problem);
        if (problem is not null) Refuse(name, problem);
        if (selection is not null) meant[name] = selection.ToString();
        return selection;
    }

    private void Mean(string name, IEnumerable<string> values) => meant[name] = string.Join(',', values.Order(StringComparer.Ordinal));

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
