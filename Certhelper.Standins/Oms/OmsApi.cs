using System.Text.Json.Nodes;
using Certhelper.Standins.Facts;
using Certhelper.Standins.Sso;
using Certhelper.Standins.Tokens;

namespace Certhelper.Standins.Oms;

/// <summary>The aggregation API of OMS.</summary>
internal static class OmsApi
{
    public const string Root = "/agg/api/v1";

    public static void AddOms(this WebApplicationBuilder builder) => builder.Services.AddSingleton<OmsResources>();

    public static void MapOms(this WebApplication app)
    {
        var api = app.MapGroup(Root).AddEndpointFilter(CheckTokenAsync).AddEndpointFilter(WriteErrorsAsync);
        api.MapGet("/version", () => Results.Json(new { version = "stand-in" }));
        api.MapGet("/runs/sequences", Sequences);
        api.MapGet("/{resource}", List);
        api.MapGet("/{resource}/meta", (string resource, OmsResources resources) =>
            Json(new JsonObject { ["meta"] = OmsEnvelope.Meta(resources.Find(resource)) }));
        api.MapGet("/{resource}/{id}", Single);
        api.MapGet("/{resource}/{id}/{relation}", Related);
    }

    private static JsonBody List(string resource, HttpContext http, OmsResources resources) =>
        Page(http, resources.Find(resource), $"/{resource}", _ => true);

    private static JsonBody Page(HttpContext http, OmsResource resource, string path, Func<OmsRow, bool> accepts)
    {
        var query = OmsQuery.Parse(resource, http.Request.Query);
        var rows = resource.Rows(query).Where(accepts);
        var sorted = query.Sort(rows);
        // Rows without an order stay lazy: only the page is made, the rest is counted.
        var page = new List<OmsRow>();
        var total = 0;
        foreach (var row in sorted)
        {
            if (total >= query.Offset && page.Count < query.Limit) page.Add(row);
            total++;
        }

        return Json(OmsEnvelope.List(resource, query, page, total, RootOf(http) + path, RootOf(http)));
    }

    private static JsonBody Single(string resource, string id, HttpContext http, OmsResources resources)
    {
        var found = resources.Find(resource);
        return Json(OmsEnvelope.Single(found, OmsQuery.Parse(found, http.Request.Query), resources.Row(found, id), RootOf(http)));
    }

    private static JsonBody Related(string resource, string id, string relation, HttpContext http, OmsResources resources, FactStore facts)
    {
        var row = resources.Row(resources.Find(resource), id);
        var path = $"/{resource}/{id}/{relation}";
        switch (resource, relation)
        {
            case ("runs", "lumisections"):
                var lumisections = resources.Find("lumisections");
                return Page(http, lumisections with { Rows = query => RowsOfRun(lumisections, query, id) }, path, _ => true);
            case ("fills", "runs"):
                return Page(http, resources.Find("runs"), path, run => run.Number("fill_number") == row.Number("fill_number"));
            case ("runs" or "lumisections", "fill"):
                var fills = resources.Find("fills");
                var fill = row.Integer("fill_number") is { } number ? facts.FindFill(number) : null;
                return Json(OmsEnvelope.Single(fills, OmsQuery.Parse(fills, http.Request.Query), fill, RootOf(http)));
            default:
                throw OmsError.NotFound($"Relationship field not found: {relation}");
        }
    }

    private static IEnumerable<OmsRow> RowsOfRun(OmsResource lumisections, OmsQuery query, string run)
    {
        query.Filters.Add(new OmsFilter(lumisections.Name, lumisections.Fields[0], OmsOperator.Eq, [run]));
        return lumisections.Rows(query);
    }

    private static JsonBody Sequences(FactStore facts) => Json(new JsonObject
    {
        ["data"] = new JsonObject
        {
            ["id"] = "1",
            ["type"] = "sequences",
            ["attributes"] = new JsonObject
            {
                ["sequences"] = new JsonArray([.. facts.Runs().Select(run => run.Text("sequence")).Distinct().Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]),
            },
        },
    });

    private static string RootOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{Root}";

    private static JsonBody Json(JsonNode body, int status = StatusCodes.Status200OK) => new(body, OmsEnvelope.ContentType, status);

    // The proxy before OMS: no token means a person, who is sent to sign in.
    private static async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return await http.RequestServices.GetRequiredService<BearerCheck>().CheckAsync(http.Request, Audiences.Oms) switch
        {
            TokenState.Good => await next(context),
            TokenState.Missing => Results.Redirect(SsoPaths.LoginOf(http.Request, Audiences.Oms)),
            TokenState.OtherAudience => Html(403, "Forbidden", "You don't have permission to access this resource."),
            TokenState.Invalid => Html(401, "Unauthorized", "This server could not verify that you are authorized to access the document requested."),
            _ => throw new InvalidOperationException(),
        };
    }

    private static async ValueTask<object?> WriteErrorsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OmsError error)
        {
            return Json(OmsEnvelope.Error(error), error.Status);
        }
    }

    private static IResult Html(int status, string title, string text) => Results.Content(
        $"<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>{status} {title}</title>\n</head><body>\n<h1>{title}</h1>\n<p>{text}</p>\n</body></html>\n",
        "text/html; charset=iso-8859-1",
        statusCode: status);
}
