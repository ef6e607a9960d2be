using System.Globalization;
using System.Text;

namespace Certhelper.Standins.RunRegistry;

/// <summary>A stretch of lumisections of one component with one status.</summary>
internal sealed record StatusRange(int Start, int End, string Status, string Comment)
{
    public int Count => End - Start + 1;
}

/// <summary>
/// The compact form of a dataset's statuses in the data files: <c>tracker-pixel=S31|G304|B2:no high voltage;tracker-strip=…</c>,
/// a letter and a count of lumisections, from lumisection 1 on.
/// </summary>
internal static class StatusRuns
{
    private static readonly (char Letter, string Status)[] Letters =
    [
        ('G', "GOOD"), ('B', "BAD"), ('S', "STANDBY"), ('X', "EXCLUDED"), ('N', "NOTSET"), ('E', "EMPTY"), ('V', "NO VALUE FOUND"),
    ];

    public static char LetterOf(string status) => Letters.First(pair => pair.Status == status).Letter;

    public static string StatusOf(char letter) => Letters.First(pair => pair.Letter == letter).Status;

    public static IReadOnlyDictionary<string, IReadOnlyList<StatusRange>> Parse(string? text) => (text ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(component => component.Split('=', 2))
        .ToDictionary(parts => string.Intern(parts[0]), parts => (IReadOnlyList<StatusRange>)Ranges(parts[1]), StringComparer.Ordinal);

    /// <summary>Writes statuses by lumisection; equal neighbours become one stretch.</summary>
    public static string Encode(string component, IReadOnlyList<char> letters, IReadOnlyDictionary<char, string>? comments = null)
    {
        var text = new StringBuilder(component).Append('=');
        for (int i = 0, start = 0; i < letters.Count; i++)
        {
            if (i + 1 < letters.Count && letters[i + 1] == letters[i]) continue;
            if (start > 0) text.Append('|');
            text.Append(letters[i]).Append((i - start + 1).ToString(CultureInfo.InvariantCulture));
            if (comments?.TryGetValue(letters[i], out var comment) == true) text.Append(':').Append(comment);
            start = i + 1;
        }

        return text.ToString();
    }

    private static List<StatusRange> Ranges(string text)
    {
        var ranges = new List<StatusRange>();
        var start = 1;
        foreach (var part in text.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var count = int.Parse(colon < 0 ? part.AsSpan(1) : part.AsSpan(1, colon - 1), NumberStyles.None, CultureInfo.InvariantCulture);
            ranges.Add(new StatusRange(start, start + count - 1, StatusOf(part[0]), colon < 0 ? "" : part[(colon + 1)..]));
            start += count;
        }

        return ranges;
    }
}
