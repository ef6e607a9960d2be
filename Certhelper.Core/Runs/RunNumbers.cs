namespace Certhelper.Core.Runs;

/// <summary>What a run number can be.</summary>
public static class RunNumbers
{
    /// <summary>Largest number that is taken for a run; CMS is below half of it in 2026.</summary>
    public const int Largest = 999_999;

    /// <summary>Why the number can be no run's; null when it can.</summary>
    public static string? Problem(int runNumber) => runNumber is > 0 and <= Largest
        ? null
        : "A run number is between 1 and 999,999.";
}
