using System.Globalization;

namespace Certhelper.Core.Reports;

/// <summary>Days as reports write them.</summary>
internal static class PeriodWords
{
    /// <summary><c>2018-05-14</c>, or <c>2018-05-14 – 2018-05-20</c>.</summary>
    public static string Of(Period period) => period.Length == 1 ? Iso(period.From) : $"{Iso(period.From)} – {Iso(period.To)}";

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Weekday(DateOnly day) => day.DayOfWeek.ToString();
}

/// <summary>Sums of luminosities.</summary>
internal static class Luminosities
{
    /// <summary>In pb⁻¹; what is unknown counts as nothing. Summed as decimals, so that no order of the rows matters.</summary>
    public static double Sum(IEnumerable<CertifiedRun> rows)
    {
        var (exact, beyond) = (0m, 0.0);
        foreach (var value in rows.Select(row => row.RecordedLumiInvPb).OfType<double>())
        {
            // Beyond decimal's range only nonsense lives; it is summed all the same.
            if (Math.Abs(value) < 1e20) exact += (decimal)value;
            else beyond += value;
        }

        return (double)exact + beyond;
    }
}
