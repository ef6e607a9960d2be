using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Api;

/// <summary>A report that is kept.</summary>
/// <param name="Kind">daily or weekly.</param>
/// <param name="From">First day (Europe/Zurich).</param>
/// <param name="To">Last day.</param>
/// <param name="Person">Login name of the person of a daily report; null for one of everybody.</param>
/// <param name="Filter">What narrows it, as parameters of the list of certifications; empty when nothing does.</param>
/// <param name="Revision">Number of the newest revision.</param>
/// <param name="SentAt">When that was marked as sent; null while it is worked on.</param>
public sealed record ApiReport(int Id, string Kind, DateOnly From, DateOnly To, string? Person, string Filter, int Revision, DateTimeOffset MadeAt, DateTimeOffset? SentAt)
{
    internal static ApiReport Of(ReportRow row) =>
        new(row.Id, row.Kind.ToString().ToLowerInvariant(), row.From, row.To, row.PersonLogin, row.Filter, row.Number, row.MadeAt, row.FrozenAt);
}

/// <summary>A table of a report; luminosities in pb⁻¹.</summary>
/// <param name="Name">Its name, as in the archive of CSV files.</param>
/// <param name="Rows">A value for each column; runs as <c>run:good run:bad</c>.</param>
public sealed record ApiReportTable(string Name, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A revision of a report.</summary>
/// <param name="Notes">What people typed, by key.</param>
/// <param name="Text">The report as plain text.</param>
public sealed record ApiReportRevision(
    int ReportId, int Number, string Title, string Subtitle, DateOnly From, DateOnly To, DateTimeOffset MadeAt, DateTimeOffset? SentAt,
    IReadOnlyDictionary<string, string> Notes, IReadOnlyList<ApiReportTable> Tables, string Text);

/// <summary>Reports for programs.</summary>
internal static class ReportApi
{
    public static void MapReports(this RouteGroupBuilder api)
    {
        api.MapGet("/reports", ListAsync).WithMetadata(new ListParameters([.. ReportFilter.Parameters, .. ApiRequest.Shape]))
            .WithSummary("Reports").WithDescription("Daily and weekly reports that are kept, the newest days first.");
        api.MapGet("/reports/{id:int}", (int id, CerthelperDbContext db, CancellationToken cancellationToken) => RevisionAsync(id, null, db, cancellationToken))
            .ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One report").WithDescription("The newest revision of a report: its tables, its notes and its text.");
        api.MapGet("/reports/{id:int}/revisions/{number:int}", (int id, int number, CerthelperDbContext db, CancellationToken cancellationToken) => RevisionAsync(id, number, db, cancellationToken))
            .ProducesProblem(StatusCodes.Status404NotFound).WithSummary("A revision of a report").WithDescription("What was sent does not change any more.");
    }

    private static async Task<Results<Ok<ApiPage<ApiReport>>, ValidationProblem>> ListAsync(HttpContext context, CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Of(context, ReportFilter.Parameters);
        var filter = new ReportFilter(context.Request.Query.Reader());
        if (request.Problem(filter.Problems) is { } problem) return problem;
        return request.Answer(ApiPage<ApiReport>.Of(await filter.PageAsync(db, request.Page, request.Size, cancellationToken), ApiReport.Of));
    }

    private static async Task<Results<Ok<ApiReportRevision>, NotFound>> RevisionAsync(int id, int? number, CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var revision = await db.ReportRevisions.AsNoTracking().Where(item => item.ReportId == id && (number == null || item.Number == number))
            .OrderByDescending(item => item.Number).FirstOrDefaultAsync(cancellationToken);
        if (revision is null) return TypedResults.NotFound();
        var document = revision.Document();
        return TypedResults.Ok(new ApiReportRevision(
            id, revision.Number, document.Title, document.Subtitle, document.Period.From, document.Period.To, revision.MadeAt, revision.FrozenAt, revision.Notes,
            [.. document.Sections.SelectMany(section => section.Blocks.OfType<ReportTable>()).Select(table => new ApiReportTable(
                table.Name, table.Caption, [.. table.Columns.Select(column => column.Head)], [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(CellText.Raw)])]))],
            PlainText.Render(document)));
    }
}
