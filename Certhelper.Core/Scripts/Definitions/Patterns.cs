using System.Text.RegularExpressions;

namespace Certhelper.Core.Scripts;

/// <summary>Regular expressions that administrators write, in the way of Python or of .NET.</summary>
public static class Patterns
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    /// <summary>Named groups as .NET writes them: <c>(?P&lt;run&gt;…)</c> is <c>(?&lt;run&gt;…)</c>.</summary>
    public static string Translate(string pattern) => pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            _ = Compile(pattern);
            return null;
        }
        catch (ArgumentException exception)
        {
            return "This is no regular expression: " + exception.Message;
        }
    }

    /// <summary>Ready to search; a search that takes too long ends with a <see cref="RegexMatchTimeoutException"/>.</summary>
    public static Regex Compile(string pattern) => new(Translate(pattern), RegexOptions.CultureInvariant, Limit);
}
