using System.Globalization;

namespace Certhelper.Core.Runs;

/// <summary>
/// Converts luminosities between the units that OMS writes per row and the ones that are stored: integrated in pb⁻¹,
/// instantaneous in 10³⁰ cm⁻²s⁻¹. Powers of ten only, done in decimal so that no digit is invented.
/// </summary>
public static class LuminosityUnits
{
    // OMS writes TeX: "pb^{-1}", "{\mu}b^{-1}". The power says how many pb⁻¹ one unit is.
    private static readonly Dictionary<string, int> IntegratedPowers = new(StringComparer.Ordinal)
    {
        ["fb"] = 3,
        ["pb"] = 0,
        ["nb"] = -3,
        ["ub"] = -6,
        ["mb"] = -9,
        ["b"] = -12,
    };

    /// <summary>Integrated luminosity in pb⁻¹; null when the unit is unknown, because a guess would be off by 10³ or more.</summary>
    /// <param name="value">The number as OMS gave it.</param>
    /// <param name="unit">The row's unit; null or empty means the attribute's default, pb⁻¹.</param>
    public static double? ToInversePicobarn(double? value, string? unit)
    {
        if (value is null) return null;
        if (string.IsNullOrWhiteSpace(unit)) return value;
        var bare = Bare(unit);
        if (!bare.EndsWith("^-1", StringComparison.Ordinal) && !bare.StartsWith('/')) return null;
        var barn = bare.Replace("^-1", "", StringComparison.Ordinal).TrimStart('/');
        return IntegratedPowers.TryGetValue(barn, out var power) ? Scale(value.Value, power) : null;
    }

    /// <summary>Instantaneous luminosity in 10³⁰ cm⁻²s⁻¹; null when the unit is unknown.</summary>
    /// <param name="value">The number as OMS gave it.</param>
    /// <param name="unit">The row's unit; null or empty means the attribute's default, 10³⁴ cm⁻²s⁻¹.</param>
    public static double? ToE30PerSquareCentimetreSecond(double? value, string? unit)
    {
        if (value is null) return null;
        var bare = string.IsNullOrWhiteSpace(unit) ? "10^34cm^-2s^-1" : Bare(unit);
        const string suffix = "cm^-2s^-1";
        if (!bare.EndsWith(suffix, StringComparison.Ordinal)) return null;
        var factor = bare[..^suffix.Length];
        if (factor.Length == 0) return Scale(value.Value, -30);
        return factor.StartsWith("10^", StringComparison.Ordinal)
            && int.TryParse(factor[3..], NumberStyles.Integer, CultureInfo.InvariantCulture, out var power)
            ? Scale(value.Value, power - 30)
            : null;
    }

    private static string Bare(string unit) => unit
        .Replace(@"{\mu}", "u", StringComparison.Ordinal)
        .Replace(@"\mu", "u", StringComparison.Ordinal)
        .Replace("µ", "u", StringComparison.Ordinal)
        .Replace("μ", "u", StringComparison.Ordinal)
        .Replace("{", "", StringComparison.Ordinal)
        .Replace("}", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal);

    private static double Scale(double value, int power)
    {
        if (power == 0 || value == 0) return value;
        // Beyond decimal's range only test nonsense lives; there the floating product is good enough.
        if (Math.Abs(value) > 1e12 || Math.Abs(value) < 1e-12 || Math.Abs(power) > 12) return value * Math.Pow(10, power);
        var factor = 1m;
        for (var i = 0; i < Math.Abs(power); i++) factor *= 10m;
        return (double)(power > 0 ? (decimal)value * factor : (decimal)value / factor);
    }
}
