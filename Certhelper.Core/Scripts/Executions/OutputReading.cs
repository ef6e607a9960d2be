using System.Globalization;
using System.Text.RegularExpressions;

namespace Certhelper.Core.Scripts;

/// <summary>What can be read from a script's output: progress, the mark of success, and what must not be seen.</summary>
public static partial class OutputReading
{
    private const int ShortestSecret = 4;

    /// <summary>The line without colours and other control sequences.</summary>
    public static string Plain(string line) => line.Contains('\e', StringComparison.Ordinal) ? ControlSequence().Replace(line, "") : line;

    /// <summary>The last percentage in a line; null when there is none. <c>\r</c> begins the line anew, as on a terminal.</summary>
    public static int? Percent(string line)
    {
        if (!line.Contains('%', StringComparison.Ordinal)) return null;
        var last = Percentage().Matches(line).FirstOrDefault(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) <= 100);
        return last is null ? null : int.Parse(last.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The line with every secret masked.</summary>
    public static string Mask(string line, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
            if (secret.Length >= ShortestSecret) line = line.Replace(secret, "•••", StringComparison.Ordinal);
        return line;
    }

    /// <summary>Whether a line holds the mark of success; a search that takes too long has not found it.</summary>
    public static bool Finds(Regex pattern, string line)
    {
        try
        {
            return pattern.IsMatch(Plain(line));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"(?<![\d.])(\d{1,3})(?:\.\d{1,4})?\s?%", RegexOptions.RightToLeft)]
    private static partial Regex Percentage();

    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(?:\a|\e\\)?|[@-Z\\^_])")]
    private static partial Regex ControlSequence();
}
