using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification.Rules;

/// <summary>Numbers in sentences.</summary>
internal static class Say
{
    public static string Whole(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Tesla(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture) + " T";

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset time) => Day(ExperimentDay.Of(time));

    /// <summary><c>1 lumisection</c>, <c>12 lumisections</c>.</summary>
    public static string Count(int value, string one) => value == 1 ? $"1 {one}" : $"{Whole(value)} {one}s";
}
