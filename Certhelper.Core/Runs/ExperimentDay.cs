namespace Certhelper.Core.Runs;

/// <summary>
/// Which day it is where the experiment is (Europe/Zurich). Certifications count for such a day, filters and rules compare
/// with it: between midnight there and midnight UTC two rules would not agree.
/// </summary>
public static class ExperimentDay
{
    private static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    /// <summary>The day it is now.</summary>
    public static DateOnly Today(TimeProvider time) => Of(time.GetUtcNow());

    /// <summary>The day of a moment.</summary>
    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>The moment at which a day starts.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => MomentOf(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The moment at which clocks there show this.</summary>
    public static DateTimeOffset MomentOf(DateTime local) => new DateTimeOffset(local, Zurich.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>A moment as clocks show it there.</summary>
    public static DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zurich);
}
