using Certhelper.Core.People;
using Certhelper.Core.Plots;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;

namespace Certhelper.Web.Plots;

/// <summary>Each plot as a file of exactly what the page shows for the same address.</summary>
internal static class PlotFiles
{
    public static void MapPlotFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/plots/{kind}.{extension}", SendAsync).RequireAuthorization(nameof(Permission.ViewData)).ExcludeFromDescription();

    private static async Task<IResult> SendAsync(
        string kind, string extension, HttpContext context, CerthelperDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!PlotKinds.All.Contains(kind) || !PlotFormats.All.Contains(extension)) return TypedResults.NotFound();
        var filter = LeaderPage.ReadFilter(context.Request, ExperimentDay.Today(time), ofDeleted: false);
        if (await Exports.RefusedAsync(context, filter)) return TypedResults.Empty;
        var book = PlotBook.Of(await PlotRows.ReadAsync(filter.Apply(db), cancellationToken), (filter.Days.From, filter.Days.To), context.Request.Query["by"]);
        // Without a day there is no axis: nothing is certified at all.
        if (book.Plots.FirstOrDefault(plot => plot.Kind == kind) is not { } plot || PlotFormats.Render(plot, extension) is not { } file) return TypedResults.NotFound();
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{kind}-{PlotSteps.Name(PlotStep.Day, book.Period!.From)}-{PlotSteps.Name(PlotStep.Day, book.Period.To)}.{extension}\"";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(file.Bytes, file.MediaType);
    }
}
