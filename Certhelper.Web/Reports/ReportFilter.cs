using Certhelper.Core.Lists;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Reports;

/// <summary>A report in a list.</summary>
public sealed record ReportRow(
    int Id, ReportKind Kind, DateOnly From, DateOnly To, string? PersonLogin, string? PersonName, string Filter, int Number, DateTimeOffset MadeAt, DateTimeOffset? FrozenAt, string? ChangedBy)
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
        var newest = db.ReportRevisions.AsNoTracking()
            .Where(revision => revision.Number == db.ReportRevisions.Where(other => other.ReportId == revision.ReportId).Max(other => other.Number));
        if (Problems.Count > 0) newest = newest.Where(revision => false);
        if (kinds.Count > 0) newest = newest.Where(revision => kinds.Contains(revision.Report!.Kind));
        if (person is not null) newest = newest.Where(revision => revision.Report!.Person!.Login == person);
        if (from is { } first) newest = newest.Where(revision => revision.Report!.To >= first);
        if (to is { } last) newest = newest.Where(revision => revision.Report!.From <= last);
        return newest.OrderByDescending(revision => revision.Report!.To).ThenByDescending(revision => revision.ReportId)
            .Select(revision => new ReportRow(
                revision.ReportId, revision.Report!.Kind, revision.Report.From, revision.Report.To, revision.Report.Person!.Login, revision.Report.Person.Name, revision.Report.Filter,
                revision.Number, revision.MadeAt, revision.FrozenAt, revision.TypedBy!.Name ?? revision.MadeBy!.Name))
            .PageAsync(page, cancellationToken, size);
    }
}
