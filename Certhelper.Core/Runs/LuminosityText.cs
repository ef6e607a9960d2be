using System.Globalization;

namespace Certhelper.Core.Runs;

/// <summary>Luminosity as people say it.</summary>
public static class LuminosityText
{
    private static readonly (double InversePicobarn, string Unit)[] Units =
        [(1000, "fb⁻¹"), (1, "pb⁻¹"), (1e-3, "nb⁻¹"), (1e-6, "µb⁻¹")];

    /// <summary>Three significant digits in the largest unit that keeps the number at 1 or more: <c>38.6 pb⁻¹</c>, <c>267 nb⁻¹</c>.</summary>
    /// <param name="inversePicobarn">Integrated luminosity in pb⁻¹.</param>
    public static string Short(double? inversePicobarn)
    {
        if (inversePicobarn is not { } value) return "unknown";
        if (value == 0) return "0 pb⁻¹";
        var magnitude = Math.Abs(value);
        var unit = Units[^1];
        foreach (var candidate in Units)
        {
            // 0.9995 of a unit rounds to 1.00 of it.
            if (magnitude < candidate.InversePicobarn * 0.9995) continue;
            unit = candidate;
            break;
        }

        return $"{ThreeDigits(value / unit.InversePicobarn)} {unit.Unit}";
    }

    /// <summary>As reports say it: at most three decimals of pb⁻¹, or of µb⁻¹ where that would be nothing: <c>1.12 pb⁻¹</c>, <c>0.267 µb⁻¹</c>, <c>0 µb⁻¹</c>.</summary>
    /// <param name="inversePicobarn">Integrated luminosity in pb⁻¹.</param>
    public static string Report(double? inversePicobarn) => Report(inversePicobarn, "pb⁻¹", "µb⁻¹");

    /// <summary>The same in ASCII, for plain text: <c>3534.83 /pb</c>, <c>0.267 /ub</c>.</summary>
    /// <param name="inversePicobarn">Integrated luminosity in pb⁻¹.</param>
    public static string Ascii(double? inversePicobarn) => Report(inversePicobarn, "/pb", "/ub");

    /// <summary>All digits, in pb⁻¹, for tooltips and exports.</summary>
    public static string Exact(double? inversePicobarn) => inversePicobarn is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value:R} pb⁻¹")
        : "unknown";

    /// <summary>Three significant digits with the power of ten that the machine's people use: <c>2.06 ×10³⁴ cm⁻²s⁻¹</c>, lead ions <c>5.42 ×10²⁷ cm⁻²s⁻¹</c>.</summary>
    /// <param name="e30">Instantaneous luminosity in 10³⁰ cm⁻²s⁻¹.</param>
    public static string InstantaneousShort(double? e30)
    {
        if (e30 is not { } value) return "unknown";
        if (value == 0) return "0 cm⁻²s⁻¹";
        var magnitude = Math.Abs(value);
        var (factor, power) = magnitude >= 1_000 ? (1e4, "10³⁴") : magnitude >= 0.1 ? (1, "10³⁰") : (1e-3, "10²⁷");
        return $"{ThreeDigits(value / factor)} ×{power} cm⁻²s⁻¹";
    }

    /// <summary>All digits, in 10³⁰ cm⁻²s⁻¹.</summary>
    public static string InstantaneousExact(double? e30) => e30 is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value:R} ×10³⁰ cm⁻²s⁻¹")
        : "unknown";

    private static string Report(double? inversePicobarn, string picobarn, string microbarn)
    {
        if (inversePicobarn is not { } value) return "unknown";
        var large = value.ToString("F3", CultureInfo.InvariantCulture);
        return large is "0.000" or "-0.000"
            ? $"{Stripped((value * 1e6).ToString("F3", CultureInfo.InvariantCulture))} {microbarn}"
            : $"{Stripped(large)} {picobarn}";
    }

    private static string Stripped(string number) => number.TrimEnd('0').TrimEnd('.') is { Length: > 0 } text && text != "-0" ? text : "0";

    private static string ThreeDigits(double value)
    {
        var magnitude = Math.Abs(value);
        var decimals = magnitude switch
        {
            >= 99.95 => 0,
            >= 9.995 => 1,
            _ => 2,
        };
        return Math.Round(value, decimals, MidpointRounding.AwayFromZero)
            .ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
