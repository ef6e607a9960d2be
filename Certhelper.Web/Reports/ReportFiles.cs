using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Certhelper.Web.Reports;

/// <summary>Reports as files to keep, mail or show.</summary>
internal static class ReportFiles
{
    public static void MapReportFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/reports/{id:int}/{number:int}/report.{extension}", SendAsync).RequireAuthorization(nameof(Permission.ViewData)).LeavesAsFile("report").ExcludeFromDescription();

    private static async Task<IResult> SendAsync(int id, int number, string extension, HttpContext context, CerthelperDbContext db, CancellationToken cancellationToken)
    {
        if (ReportFormats.All.All(format => format.Extension != extension)) return TypedResults.NotFound();
        var revision = await db.ReportRevisions.AsNoTracking().Include(item => item.MadeBy)
            .SingleOrDefaultAsync(item => item.ReportId == id && item.Number == number, cancellationToken);
        if (revision is null) return TypedResults.NotFound();
        var file = ReportFormats.Render(revision.Document(), extension, revision.MadeAt, revision.MadeBy?.Name ?? "Certhelper")!;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.FileName);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        // What was sent never changes; what is worked on does.
        context.Response.Headers.CacheControl = revision.FrozenAt is null ? "no-store" : "private, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Bytes, file.MediaType);
    }
}
