namespace Certhelper.Core.Reports;

/// <summary>Keys of what is typed into a daily report.</summary>
public static class DailyNotes
{
    public const string Hdqm = "hdqm";
    public const string Comment = "comment";

    /// <summary>Links to the prompt feedback plots; the weekly report collects them.</summary>
    public const string Links = "links";
}

/// <summary>Keys of what is typed into a weekly report, besides those of its days.</summary>
public static class WeeklyNotes
{
    public const string Leader = "leader";
    public const string OnCall = "on-call";
    public const string Summary = "summary";
    public const string Deadline = "deadline";

    /// <summary>Runs of the central certification; what they are checked against is in the content.</summary>
    public const string CentralRuns = "central-runs";
}
