using System.Globalization;

namespace Certhelper.Standins.Generate;

/// <summary>How values are written into the data files.</summary>
internal static class Text
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(bool flag) => flag ? "true" : "false";

    /// <summary>A number without trailing zeros.</summary>
    public static string Of(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Of(double number, int digits) => Of(Math.Round((decimal)number, digits));
}
