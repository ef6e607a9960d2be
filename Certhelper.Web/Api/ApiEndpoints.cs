using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Api;

/// <summary>The API for programs, read for now: the same filters as the lists, answered as JSON.</summary>
internal static class ApiEndpoints
{
    /// <summary>Name of the document and of the version in addresses.</summary>
    public const string Version = "v1";

    /// <summary>Where the previous application had its list.</summary>
    public const string OriginalList = "/certify/allRunsRefRuns/";

    private const int Portion = 2_000;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        builder.Services.AddOpenApi(Version, ApiDocument.Configure);
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/api/{documentName}/openapi.json").RequireAuthorization(nameof(Permission.ViewData));
        var api = app.MapGroup("/api/" + Version).RequireAuthorization(nameof(Permission.ViewData))
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

        api.MapGet("/runs", RunsAsync).Lists(RunFilter.Parameters).WithSummary("Runs").WithDescription("Runs with their facts, what they are certified as, and what is open.");
        api.MapGet("/runs/{run:int}", RunAsync).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One run").WithDescription("A run with its certifications and the datasets that the Run Registry named last.");
        api.MapGet("/certifications", CertificationsAsync).Lists(CertificationFilter.Parameters)
            .WithSummary("Certifications").WithDescription("Certifications with the conditions of their run.");
        api.MapGet("/certifications/{id:int}", CertificationAsync).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("One certification").WithDescription("A certification with all that happened to it.");
        api.MapGet("/references", ReferencesAsync).Lists(ReferenceFilter.Parameters).WithSummary("Reference runs").WithDescription("Reference runs with their conditions and what they are meant for.");
        api.MapGet("/open-runs", OpenRunsAsync).Lists(OpenRunFilter.Parameters)
            .WithSummary("Open runs").WithDescription("Datasets of which the Run Registry waits for the tracker's word.");

        api.MapReports();

        const string like = "All certified runs and their references in the form of the previous application. Not paged; written as it is read.";
        var original = app.MapGet(OriginalList, (CerthelperDbContext db) => OriginalRowsAsync(db, CancellationToken.None)).WithSummary("The previous application's list").WithDescription(like);
        var alias = app.MapGet("/api/" + Version + "/compat/all-runs-ref-runs", (CerthelperDbContext db) => OriginalRowsAsync(db, CancellationToken.None))
            .WithSummary("The previous application's list, under the name that stays").WithDescription(like);
        var isPublic = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.PublicCertificationList;
        foreach (var endpoint in new[] { original, alias })
        {
            if (isPublic) endpoint.AllowAnonymous();
            else endpoint.RequireAuthorization(nameof(Permission.ViewData));
        }
    }

    private static RouteHandlerBuilder Lists(this RouteHandlerBuilder endpoint, IReadOnlyList<FilterParameter> parameters) =>
        endpoint.WithMetadata(new ListParameters([.. parameters, .. ApiRequest.Shape]));

    private static async Task<Results<Ok<ApiPage<ApiRun>>, ValidationProblem>> RunsAsync(HttpContext context, RunList list, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Of(context, RunFilter.Parameters);
        var filter = RunFilter.Read(context.Request.Query, ExperimentDay.Today(time));
        var sorting = request.Sort(RunColumns.Sorts);
        if (request.Problem(filter.Problems) is { } problem) return problem;
        return request.Answer(ApiPage<ApiRun>.Of((await list.PageAsync(filter, sorting, request.Page, request.Size, cancellationToken)).Page, ApiRun.Of));
    }

    private static async Task<Results<Ok<ApiRunDetails>, NotFound>> RunAsync(int run, CerthelperDbContext db, RunList list, CancellationToken cancellationToken)
    {
        if (await list.RowAsync(run, cancellationToken) is not { } row) return TypedResults.NotFound();
        var certifications = await db.Certifications.AsNoTracking().Where(item => item.RunReconstruction!.RunNumber == run)
            .Select(CertificationRow.Projection).ToListAsync(cancellationToken);
        var datasets = await db.RegistryDatasets.AsNoTracking().Where(item => item.RunNumber == run).OrderBy(item => item.Name).ToListAsync(cancellationToken);
        return TypedResults.Ok(new ApiRunDetails(
            ApiRun.Of(row), [.. certifications.OrderBy(item => item.Reconstruction).Select(ApiCertification.Of)], [.. datasets.Select(ApiDataset.Of)]));
    }

    private static async Task<Results<Ok<ApiPage<ApiCertification>>, ValidationProblem>> CertificationsAsync(
        HttpContext context, CertificationList list, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Of(context, CertificationFilter.Parameters);
        var filter = CertificationFilter.Read(context.Request.Query.Reader(), ExperimentDay.Today(time), context.User.May(Permission.DeleteCertifications));
        var sorting = request.Sort(CertificationColumns.Sorts);
        if (request.Problem(filter.Problems) is { } problem) return problem;
        return request.Answer(ApiPage<ApiCertification>.Of(await list.RowsOfPageAsync(filter, sorting, request.Page, request.Size, cancellationToken), ApiCertification.Of));
    }

    private static async Task<Results<Ok<ApiCertificationDetails>, NotFound>> CertificationAsync(
        int id, HttpContext context, CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var row = await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Where(item => item.Id == id).Select(CertificationRow.Projection).SingleOrDefaultAsync(cancellationToken);
        if (row is null || (row.DeletedAt is not null && !context.User.May(Permission.DeleteCertifications))) return TypedResults.NotFound();
        var history = await db.CertificationRevisions.AsNoTracking().Where(item => item.CertificationId == id).OrderByDescending(item => item.Number)
            .Select(item => new { item.Number, item.Kind, item.At, By = item.By!.Login, item.Why, item.Changes })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new ApiCertificationDetails(
            ApiCertification.Of(row),
            [
                .. history.Select(item => new ApiRevision(
                    item.Number, item.Kind.ToString(), item.At, item.By, item.Why, [.. item.Changes.Select(change => new ApiChange(change.Field, change.Old, change.New))])),
            ]));
    }

    private static async Task<Results<Ok<ApiPage<ApiReference>>, ValidationProblem>> ReferencesAsync(HttpContext context, CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Of(context, ReferenceFilter.Parameters);
        var filter = new ReferenceFilter(context.Request.Query.Reader());
        var sorting = request.Sort(ReferenceFilter.Sorts);
        if (request.Problem(filter.Problems) is { } problem) return problem;
        var page = await ReferenceFilter.Sorts.Apply(filter.Apply(db), sorting).ThenByDescending(item => item.Id)
            .Include(item => item.RunReconstruction).ThenInclude(of => of!.Run)
            .PageAsync(request.Page, cancellationToken, request.Size);
        return request.Answer(ApiPage<ApiReference>.Of(page, ApiReference.Of));
    }

    private static async Task<Results<Ok<ApiPage<ApiOpenRun>>, ValidationProblem>> OpenRunsAsync(HttpContext context, CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Of(context, OpenRunFilter.Parameters);
        var filter = new OpenRunFilter(context.Request.Query.Reader());
        var sorting = request.Sort(OpenRunFilter.Sorts);
        if (request.Problem(filter.Problems) is { } problem) return problem;
        var page = await OpenRunFilter.Sorts.Apply(filter.Apply(db), sorting).ThenBy(item => item.Id)
            .Select(item => new
            {
                item.RunNumber,
                item.Reconstruction,
                item.Name,
                item.FirstSeenAt,
                item.FetchedAt,
                CertificationId = db.Certifications
                    .Where(one => one.RunReconstruction!.RunNumber == item.RunNumber && one.RunReconstruction.Reconstruction == item.Reconstruction)
                    .Select(one => (int?)one.Id).FirstOrDefault(),
            })
            .PageAsync(request.Page, cancellationToken, request.Size);
        return request.Answer(ApiPage<ApiOpenRun>.Of(page, item => new ApiOpenRun(
            item.RunNumber, item.Reconstruction!.Value.Code(), item.Name, item.FirstSeenAt, item.FetchedAt, item.CertificationId)));
    }

    /// <summary>The form of the previous application, for the programs that read it.</summary>
    private sealed record OriginalRow(
        [property: JsonPropertyName("run_number")] int RunNumber,
        [property: JsonPropertyName("run_reconstruction_type")] string Reconstruction,
        [property: JsonPropertyName("reference_run_number")] int? ReferenceRunNumber,
        [property: JsonPropertyName("reference_run_reconstruction_type")] string? ReferenceReconstruction,
        [property: JsonPropertyName("dataset")] string? Dataset);

    private static async IAsyncEnumerable<OriginalRow> OriginalRowsAsync(CerthelperDbContext db, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            var rows = await db.Certifications.Where(item => item.Id > last).OrderBy(item => item.Id).Take(Portion)
                .Select(item => new
                {
                    item.Id,
                    item.RunReconstruction!.RunNumber,
                    item.RunReconstruction.Reconstruction,
                    ReferenceRun = (int?)item.Reference!.RunReconstruction!.RunNumber,
                    ReferenceReconstruction = (Reconstruction?)item.Reference.RunReconstruction.Reconstruction,
                    item.DatasetName,
                })
                .ToListAsync(cancellationToken);
            foreach (var row in rows) yield return new OriginalRow(row.RunNumber, row.Reconstruction.Code(), row.ReferenceRun, row.ReferenceReconstruction?.Code(), row.DatasetName);
            if (rows.Count < Portion) yield break;
            last = rows[^1].Id;
        }
    }
}
