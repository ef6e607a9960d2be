using System.Globalization;
using System.Text;
using System.Text.Json;
using Certhelper.Standins.Ebutz;
using Certhelper.Standins.Facts;
using Certhelper.Standins.RunRegistry;
using Certhelper.Standins.Sso;

namespace Certhelper.Standins.Control;

/// <summary>The control endpoint for people: what is wrong at the moment, and forms to change it. No script.</summary>
internal static class ControlPage
{
    private const string Path = "/control";

    public static void MapControlPage(this RouteGroupBuilder control)
    {
        control.MapGet("/", (Faults faults, FactStore facts, RegistryStore registry) =>
            Results.Content(Render(faults, facts, registry), StandinPage.ContentType));
        var page = control.MapGroup("/page").DisableAntiforgery().AddEndpointFilter(OnlyFromHere);
        page.MapPost("/fault", FaultAsync);
        page.MapPost("/end", async (HttpContext http, Faults faults) =>
        {
            faults.End((await http.Request.ReadFormAsync(http.RequestAborted))["service"].ToString());
            return Results.Redirect(Path);
        });
        page.MapPost("/dataset", DatasetAsync);
        page.MapPost("/reset", (Faults faults, FactStore facts, RegistryStore registry, ReadOutModes modes, SamplePeople people) =>
        {
            ControlApi.ResetAll(faults, facts, registry, modes, people);
            return Results.Redirect(Path);
        });
    }

    // Another site must not steer the stand-ins through the browser of somebody who visits it.
    private static async ValueTask<object?> OnlyFromHere(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
            ? await next(context)
            : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static async Task<IResult> FaultAsync(HttpContext http, Faults faults)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var service = Service.All.FirstOrDefault(service => service.Name == form["service"]);
        if (service is null || !Enum.TryParse<FaultKind>(form["fault"], out var kind)) return Problem("Choose a service and a fault.");
        var fault = new Fault
        {
            Kind = kind,
            Seconds = Number(form["seconds"]),
            Status = (int?)Number(form["status"]),
            RetryAfter = (int?)Number(form["retryAfter"]),
            ForSeconds = Number(form["forSeconds"]),
            PathContains = form["pathContains"].ToString() is { Length: > 0 } part ? part : null,
        };
        if (fault.Problem() is { } problem) return Problem(problem);
        faults.Begin(service.Name, fault);
        return Results.Redirect(Path);
    }

    private static async Task<IResult> DatasetAsync(HttpContext http, RegistryStore registry)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Number(form["run"]) is not { } run || form["name"].ToString() is not { Length: > 0 } name) return Problem("A dataset has a run and a name.");
        var states = new Dictionary<string, object?>(StringComparer.Ordinal) { ["tracker_state"] = form["tracker_state"].ToString() };
        var change = new ChangedDataset(states, new Dictionary<string, object?>(), new Dictionary<string, IReadOnlyList<StatusRange>>());
        return registry.Change((int)run, name, change) ? Results.Redirect(Path) : Problem("Neither OMS nor the Run Registry knows that run.");
    }

    private static IResult Problem(string text) =>
        Results.Content(StandinPage.Render("Not done", "Outside services", $"<h1>Not done</h1><p>{StandinPage.Encode(text)}</p>"), StandinPage.ContentType, statusCode: StatusCodes.Status400BadRequest);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Render(Faults faults, FactStore facts, RegistryStore registry)
    {
        var html = new StringBuilder("<h1>Stand-ins</h1><p class=\"lead\">Make the outside services slow, broken or different.</p><h2>Services</h2><table><thead><tr><th scope=\"col\">Service</th><th scope=\"col\">Base</th><th scope=\"col\">State</th><th scope=\"col\"></th></tr></thead><tbody>");
        foreach (var service in Service.All)
        {
            var fault = faults.Of(service.Name);
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{service.Title}</th><td><code>{service.Path}</code></td><td>{(fault is null ? "well" : StandinPage.Encode(JsonSerializer.Serialize(fault, Fault.Json)))}</td><td>");
            if (fault is not null) html.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{Path}/page/end\"><button name=\"service\" value=\"{service.Name}\">End</button></form>");
            html.Append("</td></tr>");
        }

        html.Append("</tbody></table>");
        AppendFaultForm(html);
        AppendDatasetForm(html);
        html.Append("<h2>Changed facts</h2><ul>");
        foreach (var (run, change) in facts.Changes)
            html.Append(CultureInfo.InvariantCulture, $"<li>OMS run {run}: {StandinPage.Encode(string.Join(", ", change.Values.Select(value => $"{value.Key} = {value.Value ?? "null"}")))}</li>");
        foreach (var ((run, name), change) in registry.Changes)
            html.Append(CultureInfo.InvariantCulture, $"<li>Run Registry {run} {StandinPage.Encode(name)}: {StandinPage.Encode(string.Join(", ", change.Attributes.Select(value => $"{value.Key} = {value.Value ?? "null"}")))}</li>");
        if (facts.Changes.Count + registry.Changes.Count == 0) html.Append("<li>none</li>");
        html.Append(CultureInfo.InvariantCulture, $"</ul><p><form method=\"post\" action=\"{Path}/page/reset\"><button>Reset everything</button></form></p>");
        return StandinPage.Render("Control", "Outside services", html.ToString(), wide: true);
    }

    private static void AppendFaultForm(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>Begin a fault</h2><form method=\"post\" action=\"{Path}/page/fault\"><fieldset>");
        html.Append("<label>Service<select name=\"service\">");
        foreach (var service in Service.All) html.Append(CultureInfo.InvariantCulture, $"<option value=\"{service.Name}\">{service.Title}</option>");
        html.Append("</select></label><label>Fault<select name=\"fault\">");
        foreach (var kind in Enum.GetNames<FaultKind>()) html.Append(CultureInfo.InvariantCulture, $"<option>{kind}</option>");
        html.Append("</select></label>");
        Input(html, "seconds", "Delay (s)", "number", "5");
        Input(html, "status", "Status", "number", "503");
        Input(html, "retryAfter", "Retry-After (s)", "number", "");
        Input(html, "forSeconds", "For (s)", "number", "");
        Input(html, "pathContains", "Only paths with", "text", "");
        html.Append("<button>Begin</button></fieldset></form>");
    }

    private static void AppendDatasetForm(StringBuilder html)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>Change or add a dataset</h2><form method=\"post\" action=\"{Path}/page/dataset\"><fieldset>");
        Input(html, "run", "Run", "number", "386951");
        Input(html, "name", "Dataset", "text", "/Express/Collisions2024/DQM");
        html.Append("<label>Tracker state<select name=\"tracker_state\">");
        foreach (var state in new[] { "OPEN", "SIGNOFF", "COMPLETED", "waiting dqm gui" }) html.Append(CultureInfo.InvariantCulture, $"<option>{state}</option>");
        html.Append("</select></label><button>Change</button></fieldset></form>");
    }

    private static void Input(StringBuilder html, string name, string label, string type, string value) =>
        html.Append(CultureInfo.InvariantCulture, $"<label>{label}<input name=\"{name}\" type=\"{type}\" value=\"{value}\"></label>");
}
