using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Reports;

/// <summary>A report in a list.</summary>
public sealed record ReportRow(
    int Id, ReportKind Kind, DateOnly From, DateOnly To, string? PersonLogin, string? PersonName, int Number, DateTimeOffset MadeAt, DateTimeOffset? FrozenAt, string? ChangedBy)
{
    public Period Period => new(From, To);
}

/// <summary>The filter of the list of reports, for the page and the API.</summary>
internal sealed class ReportFilter
{
    private static readonly Dictionary<string, ReportKind> Kinds = new(StringComparer.OrdinalIgnoreCase) { ["daily"] = ReportKind.Daily, ["weekly"] = ReportKind.Weekly };

    private readonly IReadOnlyList<ReportKind> kinds;
    private readonly string? person;
    private readonly DateOnly? from;
    private readonly DateOnly? to;

    public ReportFilter(FilterReader reader)
    {
        kinds = reader.Choices("kind", Kinds);
        person = reader.Text("person", 100);
        from = reader.Day("from");
        to = reader.Day("to");
        if (from > to) reader.Refuse("to", "The last day is before the first one.");
        Problems = reader.Problems;
        Used = reader.Used;
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        new("kind", "What the report is about.", "weekly", ["daily", "weekly"]),
        new("person", "Login name of the person of a daily report.", "sara.shifter"),
        new("from", "First day: reports that reach it or lie after it.", "2024-10-01"),
        new("to", "Last day: reports that reach it or lie before it.", "2024-10-31"),
    ];

    public IReadOnlyList<FilterProblem> Problems { get; }

    public IReadOnlyDictionary<string, string> Used { get; }

    /// <summary>The newest days first. Two statements for a page, however many reports there are.</summary>
    public Task<PageOf<ReportRow>> PageAsync(CerthelperDbContext db, int? page, int size, CancellationToken cancellationToken)
    {
        var reports = db.Reports.AsNoTracking();
        if (Problems.Count > 0) reports = reports.Where(report => false);
        if (kinds.Count > 0) reports = reports.Where(report => kinds.Contains(report.Kind));
        if (person is not null) reports = reports.Where(report => report.Person!.Login == person);
        if (from is { } first) reports = reports.Where(report => report.To >= first);
        if (to is { } last) reports = reports.Where(report => report.From <= last);
        return reports.OrderByDescending(report => report.To).ThenByDescending(report => report.Id)
            .Join(
                db.ReportRevisions.Where(revision => revision.Number == db.ReportRevisions.Where(other => other.ReportId == revision.ReportId).Max(other => other.Number)),
                report => report.Id, revision => revision.ReportId, (report, revision) => new ReportRow(
                    report.Id, report.Kind, report.From, report.To, report.Person!.Login, report.Person.Name, revision.Number, revision.MadeAt, revision.FrozenAt,
                    revision.TypedBy!.Name ?? revision.MadeBy!.Name))
            .OrderByDescending(row => row.To).ThenByDescending(row => row.Id)
            .PageAsync(page, cancellationToken, size);
    }
}
