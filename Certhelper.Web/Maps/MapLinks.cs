using System.Globalization;
using Certhelper.Core.Scripts;
using Microsoft.AspNetCore.WebUtilities;

namespace Certhelper.Web.Maps;

/// <summary>Addresses of maps, and of what makes them.</summary>
public static class MapLinks
{
    public static string File(long id) => FormattableString.Invariant($"/maps/files/{id}");

    public static string Set(int run, string type) => FormattableString.Invariant($"/maps/{run}/{Uri.EscapeDataString(type)}");

    public static string Execution(long id) => FormattableString.Invariant($"/executions/{id}");

    /// <summary>A map beside that of another run; beside none when it is still to be chosen.</summary>
    public static string Compare(StoredMap map, int? reference) => QueryHelpers.AddQueryString("/maps/compare", new Dictionary<string, string?>
    {
        ["run"] = map.RunNumber.ToString(CultureInfo.InvariantCulture),
        ["reference"] = reference?.ToString(CultureInfo.InvariantCulture),
        ["type"] = map.Type,
        ["name"] = map.Title,
    });

    /// <summary>The form that makes maps, filled in.</summary>
    public static string Make(int? run, string? type) => QueryHelpers.AddQueryString("/scripts/tracker-maps", new Dictionary<string, string?>
    {
        ["runs"] = run?.ToString(CultureInfo.InvariantCulture),
        ["type"] = CanMake(type) ? type : null,
    });

    /// <summary>Whether shifters make maps of such data.</summary>
    public static bool CanMake(string? type) => type is not null && TrackerMapRule.Types.Contains(type);
}
