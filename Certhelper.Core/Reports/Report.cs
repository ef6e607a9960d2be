using Certhelper.Core.People;

namespace Certhelper.Core.Reports;

/// <summary>A report that is kept: one for each period, or for each day and person, and each choice of filters. What it says is in its revisions.</summary>
public sealed class Report
{
    public int Id { get; init; }

    public required ReportKind Kind { get; init; }

    /// <summary>First day (Europe/Zurich).</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day; of a daily report the same.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Whose day it is; null for a report of everybody.</summary>
    public int? PersonId { get; init; }

    public User? Person { get; init; }

    /// <summary>What narrows it, as <see cref="Lists.CertificationFilter.Text"/>; empty when nothing does.</summary>
    public string Filter { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when a schedule did it.</summary>
    public int? CreatedById { get; init; }

    public User? CreatedBy { get; init; }

    public List<ReportRevision> Revisions { get; } = [];

    public Period Period => new(From, To);
}

/// <summary>
/// A state of a report. The newest one is worked on until it is sent; from then on it never changes, and the next change makes
/// the next one.
/// </summary>
public sealed class ReportRevision
{
    public int Id { get; init; }

    public int ReportId { get; init; }

    public Report? Report { get; init; }

    /// <summary>Counts from 1 within the report.</summary>
    public required int Number { get; init; }

    /// <summary>The document made from the data, by <see cref="ReportJson"/>; without what people typed.</summary>
    public required string Content { get; set; }

    /// <summary>What people typed, by key; stays when the content is made anew.</summary>
    public required Dictionary<string, string> Notes { get; set; }

    /// <summary>When the content was made from the data.</summary>
    public required DateTimeOffset MadeAt { get; set; }

    /// <summary>Null when a schedule did it.</summary>
    public int? MadeById { get; set; }

    public User? MadeBy { get; set; }

    /// <summary>When somebody last typed something.</summary>
    public DateTimeOffset? TypedAt { get; set; }

    public int? TypedById { get; set; }

    public User? TypedBy { get; set; }

    /// <summary>When it was marked as sent; null while it is worked on.</summary>
    public DateTimeOffset? FrozenAt { get; set; }

    public int? FrozenById { get; set; }

    public User? FrozenBy { get; set; }

    /// <summary>PostgreSQL's row version.</summary>
    public uint Version { get; set; }

    /// <summary>The document with what people typed, as renderers want it.</summary>
    public ReportDocument Document() => ReportJson.Read(Content).With(Notes);
}

/// <summary>How an act on a report ended.</summary>
public abstract record ReportResult
{
    private ReportResult()
    {
    }

    /// <param name="ReportId">The report.</param>
    /// <param name="Number">The revision that holds the result.</param>
    public sealed record Done(int ReportId, int Number) : ReportResult;

    /// <summary>Somebody changed the report since the page was opened.</summary>
    public sealed record Conflict(int Number) : ReportResult;

    /// <summary>A field cannot be taken; nothing was changed.</summary>
    public sealed record Invalid(string Field, string Problem) : ReportResult;

    /// <summary>The person may not.</summary>
    public sealed record Refused : ReportResult;

    public sealed record NotFound : ReportResult;
}
