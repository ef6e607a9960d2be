using Certhelper.Core.People;

namespace Certhelper.Core.Reports;

/// <summary>Which days a report is about, seen from the day on which it is due (Europe/Zurich).</summary>
public enum SchedulePeriod
{
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
}

/// <summary>A report that is made again and again, and sent to people.</summary>
public sealed class ReportSchedule
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required ReportKind Kind { get; set; }

    public required SchedulePeriod Period { get; set; }

    /// <summary>Whose day a daily report is about; null for reports of everybody.</summary>
    public int? PersonId { get; set; }

    public User? Person { get; init; }

    /// <summary>What narrows the reports, as <see cref="Lists.CertificationFilter.Text"/>; empty when nothing does.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Which files go with the letter, by the names of the formats.</summary>
    public List<string> Formats { get; set; } = [];

    /// <summary>Five fields, see <see cref="ScheduleTimes"/>.</summary>
    public required string Cron { get; set; }

    /// <summary>By whose clocks, as <c>Europe/Zurich</c>.</summary>
    public required string TimeZone { get; set; }

    /// <summary>E-mail addresses; none when the report is only kept.</summary>
    public List<string> Recipients { get; set; } = [];

    public bool Paused { get; set; }

    /// <summary>When it is due next; null while it is paused, and when it never is any more.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public int OwnerId { get; init; }

    public User? Owner { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int UpdatedById { get; set; }

    public User? UpdatedBy { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Deleted schedules stay with what they have made.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>PostgreSQL's row version; guards against lost updates.</summary>
    public uint Version { get; set; }
}

/// <summary>How one making of a scheduled report stands.</summary>
public enum MakingState
{
    /// <summary>For a worker, or for its next attempt.</summary>
    Waiting,

    Running,

    Done,

    /// <summary>Given up; the log says why. A person can ask for it again.</summary>
    Failed,
}

/// <summary>One making of a scheduled report: due at a time, made once, sent.</summary>
public sealed class ScheduledMaking
{
    public long Id { get; init; }

    public required int ScheduleId { get; init; }

    public ReportSchedule? Schedule { get; init; }

    /// <summary>When it was due; of several missed times the last. Unique for a schedule.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Who wanted it out of turn; null when it was its time.</summary>
    public int? AskedById { get; init; }

    public User? AskedBy { get; init; }

    public MakingState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not before this time is it tried again.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The report, as soon as it is made; it is never made a second time.</summary>
    public int? ReportId { get; set; }

    /// <summary>Number of the report's revision that was made.</summary>
    public int? Revision { get; set; }

    /// <summary>When the letter was taken by the mail server.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What happened, a line each, with the time in UTC.</summary>
    public string Log { get; set; } = "";
}
