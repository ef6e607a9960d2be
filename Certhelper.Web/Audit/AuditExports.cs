using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.Lists;

namespace Certhelper.Web.Audit;

/// <summary>The audit as a file: exactly what its page lists, written as it is read; and in the audit itself.</summary>
internal static class AuditExports
{
    public static void MapAuditExports(this IEndpointRouteBuilder app)
    {
        foreach (var extension in new[] { "csv", "json" })
        {
            app.MapGet("/admin/audit/export." + extension, (HttpContext context, AuditList list, TimeProvider time) => WriteAsync(context, list, time, extension))
                .RequireAuthorization(nameof(Permission.ViewAudit)).LeavesAsFile("audit").ExcludeFromDescription();
        }
    }

    private static async Task WriteAsync(HttpContext context, AuditList list, TimeProvider time, string extension)
    {
        var filter = AuditFilter.Read(context.Request.Query, ExperimentDay.Today(time));
        if (await Exports.RefusedAsync(context, filter)) return;
        var name = Exports.Name("audit", time);
        if (extension == "csv") await Exports.CsvAsync(context, name, AuditList.Columns, list.AllAsync(filter), context.RequestAborted);
        else await Exports.JsonAsync(context, name, AuditList.Columns, list.AllAsync(filter), context.RequestAborted);
    }
}
