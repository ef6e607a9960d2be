using System.Globalization;
using System.Text.RegularExpressions;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Audit;

/// <summary>How pages say what the audit keeps under the names of the code; its files keep those.</summary>
public static partial class AuditWords
{
    /// <summary>A kind or a field: <c>ScriptVersion</c> is <c>Script version</c>.</summary>
    public static string Name(string? name) =>
        string.IsNullOrEmpty(name) ? "" : name[0] + Capital().Replace(name[1..], match => " " + match.Value.ToLowerInvariant());

    /// <summary>A value: moments as everywhere else, all else as it is.</summary>
    public static string? Value(string? value) =>
        DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Clock.InZurich(moment)
            : value;

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Capital();
}
