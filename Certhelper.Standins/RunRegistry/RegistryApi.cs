using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Certhelper.Standins.Sso;
using Certhelper.Standins.Tokens;

namespace Certhelper.Standins.RunRegistry;

/// <summary>The reading API of the Run Registry, behind its sign-in proxy.</summary>
internal static class RegistryApi
{
    public const string Root = "/rr/api";
    private const int DefaultPageSize = 50;

    public static void AddRunRegistry(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RegistryStore>();

    public static void MapRunRegistry(this WebApplication app)
    {
        var api = app.MapGroup(Root).AddEndpointFilter(CheckTokenAsync).AddEndpointFilter(WriteErrorsAsync);
        api.MapPost("/datasets_filtered_ordered", DatasetsAsync);
        api.MapPost("/runs_filtered_ordered", RunsAsync);
        api.MapGet("/runs/{run:int}", (int run, RegistryStore store) => Json(RunOrNull(store, run)));
        api.MapGet("/runs_lastupdated_50", (RegistryStore store) => Json(new JsonArray(
            [.. WithOnline(store).OrderByDescending(pair => pair.Run.OmsAttributes.GetValueOrDefault("last_update") as string, StringComparer.Ordinal).Take(50).Select(pair => RegistryJson.Of(pair.Run, pair.Online))])));
        api.MapGet("/get_all_dataset_names_of_run/{run:int}", (int run, RegistryStore store) => Json(new JsonArray(
            [.. store.Datasets().Where(dataset => dataset.Run.Number == run).Select(dataset => dataset.Name).Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))])));
        api.MapPost("/datasets/get_dataset", (HttpContext http, RegistryStore store) => OfDatasetAsync(http, store, RegistryJson.Of, null));
        api.MapPost("/lumisections/rr_lumisections", (HttpContext http, RegistryStore store) => OfDatasetAsync(http, store, RegistryJson.Lumisections, new JsonArray()));
        api.MapPost("/lumisections/rr_lumisection_ranges", (HttpContext http, RegistryStore store) => OfDatasetAsync(http, store, RegistryJson.Ranges, new JsonArray()));
        api.MapPost("/lumisections/rr_lumisection_ranges_by_component", (HttpContext http, RegistryStore store) =>
            OfDatasetAsync(http, store, RegistryJson.RangesByComponent, new JsonObject()));
        api.MapGet("/cycles/{workspace}", Cycles);
    }

    private static async Task<IResult> DatasetsAsync(HttpContext http, RegistryStore store)
    {
        var body = await BodyAsync(http);
        var filter = RegistryFilter.Compile(Property(body, "filter"), RegistryPath.OfDataset);
        var rows = store.Datasets().Where(filter)
            .OrderByDescending(dataset => dataset.Run.Number)
            .ThenBy(dataset => dataset.Name, StringComparer.Ordinal);
        return Page(body, "datasets", Sort(body, rows, RegistryPath.OfDataset), RegistryJson.Of);
    }

    private static async Task<IResult> RunsAsync(HttpContext http, RegistryStore store)
    {
        var body = await BodyAsync(http);
        var filter = RegistryFilter.Compile(Property(body, "filter"), RegistryPath.OfRun);
        var rows = WithOnline(store).Where(filter).OrderByDescending(pair => pair.Run.Number);
        return Page(body, "runs", Sort(body, rows, RegistryPath.OfRun), pair => RegistryJson.Of(pair.Run, pair.Online));
    }

    private static IEnumerable<T> Sort<T>(JsonElement body, IEnumerable<T> rows, Func<string, Func<T, object?>> resolve)
    {
        var sortings = Property(body, "sortings");
        if (sortings.ValueKind != JsonValueKind.Array) return rows;
        // The last key is sorted first; each sort is stable.
        foreach (var sorting in sortings.EnumerateArray().Reverse())
        {
            if (sorting is not { ValueKind: JsonValueKind.Array } || sorting.GetArrayLength() != 2) throw new RegistryError("a sorting is [attribute, direction]");
            var path = sorting[0].GetString() ?? "";
            // A component is ordered by its good lumisections.
            var read = resolve(path.StartsWith(RegistryDataset.TrackerPrefix, StringComparison.Ordinal) ? $"triplet_summary.{path}.GOOD" : path);
            var order = Comparer<object?>.Create((left, right) => left is null || right is null
                ? (left is null).CompareTo(right is null) : RegistryFilter.Compare(left, right) ?? 0);
            rows = sorting[1].GetString()?.ToUpperInvariant() switch
            {
                "ASC" => rows.OrderBy(read, order),
                "DESC" => rows.OrderByDescending(read, order),
                var other => throw new RegistryError($"Order must be 'ASC' or 'DESC', '{other}' given"),
            };
        }

        return rows;
    }

    private static JsonBody Page<T>(JsonElement body, string name, IEnumerable<T> rows, Func<T, JsonObject> write)
    {
        var list = rows.ToList();
        var page = Integer(body, "page", 0);
        var size = Integer(body, "page_size", DefaultPageSize);
        if (page < 0 || size < 1) throw new RegistryError("OFFSET must not be negative");
        return Json(new JsonObject
        {
            [name] = new JsonArray([.. list.Skip(page * size).Take(size).Select(write)]),
            ["pages"] = (list.Count + size - 1) / size,
            ["count"] = list.Count,
        });
    }

    private static async Task<IResult> OfDatasetAsync(HttpContext http, RegistryStore store, Func<RegistryDataset, JsonNode> write, JsonNode? unknown)
    {
        var body = await BodyAsync(http);
        var run = Integer(body, "run_number", 0);
        var name = Property(body, "dataset_name") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var dataset = store.Datasets().FirstOrDefault(dataset => dataset.Run.Number == run && dataset.Name == name);
        return Json(dataset is null ? unknown : write(dataset));
    }

    // The week's list of datasets that a workspace has to certify; the newest open ones.
    private static JsonBody Cycles(string workspace, RegistryStore store)
    {
        var open = store.Datasets()
            .Where(dataset => dataset.Attributes.GetValueOrDefault($"{workspace}_state") as string == "OPEN")
            .OrderByDescending(dataset => dataset.Run.Number).ThenBy(dataset => dataset.Name, StringComparer.Ordinal).ToList();
        return Json(new JsonArray(new JsonObject
        {
            ["id_cycle"] = 1,
            ["cycle_name"] = "Newest two weeks",
            ["cycle_attributes"] = new JsonObject { [$"{workspace}_state"] = "pending" },
            ["deadline"] = "2024-10-23T16:00:00.000Z",
            ["datasets"] = new JsonArray([.. open.Select(dataset => new JsonObject { ["run_number"] = dataset.Run.Number, ["name"] = dataset.Name })]),
        }));
    }

    private static IEnumerable<(RegistryRun Run, RegistryDataset? Online)> WithOnline(RegistryStore store)
    {
        var online = store.Datasets().Where(dataset => dataset.Name == RegistryDataset.Online).ToDictionary(dataset => dataset.Run.Number);
        return store.Runs().Select(run => (run, online.GetValueOrDefault(run.Number)));
    }

    private static JsonObject? RunOrNull(RegistryStore store, int number) =>
        WithOnline(store).Where(pair => pair.Run.Number == number).Select(pair => RegistryJson.Of(pair.Run, pair.Online)).FirstOrDefault();

    private static async Task<JsonElement> BodyAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new RegistryError("Unexpected token in JSON at position 0");
        }
        catch (JsonException exception)
        {
            throw new RegistryError(string.Create(CultureInfo.InvariantCulture, $"Unexpected token in JSON at position {exception.BytePositionInLine ?? 0}"));
        }
    }

    private static JsonElement Property(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value : default;

    private static int Integer(JsonElement body, string name, int otherwise) => Property(body, name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => otherwise,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        var other => throw new RegistryError($"invalid input syntax for type integer: {other.GetRawText()}"),
    };

    private static JsonBody Json(JsonNode? body, int status = StatusCodes.Status200OK) => new(body, "application/json; charset=utf-8", status);

    // Its proxy starts a sign-in for everybody without a good token; a client that follows ends on an HTML page.
    private static async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var token = await http.RequestServices.GetRequiredService<BearerCheck>().CheckAsync(http.Request, Audiences.RunRegistry);
        return token == TokenState.Good ? await next(context) : Results.Redirect(SsoPaths.LoginOf(http.Request, Audiences.RunRegistry));
    }

    private static async ValueTask<object?> WriteErrorsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RegistryError error)
        {
            return Json(new JsonObject { ["err"] = error.Message }, StatusCodes.Status500InternalServerError);
        }
    }
}
