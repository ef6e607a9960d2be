using System.Text.Json;
using Certhelper.Standins.Ebutz;
using Certhelper.Standins.Facts;
using Certhelper.Standins.RunRegistry;
using Certhelper.Standins.Sso;

namespace Certhelper.Standins.Control;

/// <summary>Where tests and demonstrations make services fail and facts change. Development only.</summary>
internal static class ControlApi
{
    private const string Root = "/control";

    public static void AddControl(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Faults>();

    /// <summary>Faults strike before anything else sees the request.</summary>
    public static void UseFaults(this WebApplication app)
    {
        if (app.Environment.IsDevelopment()) app.UseMiddleware<FaultMiddleware>();
    }

    public static void MapControl(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.Map(Root + "/{**rest}", () => Results.Text("The control endpoint is there in Development only.", statusCode: StatusCodes.Status403Forbidden));
            return;
        }

        var control = app.MapGroup(Root);
        control.MapControlPage();
        control.MapDelete("/", ResetAll);

        var fault = control.MapGroup("/{service:regex(^(sso|oms|runregistry|ebutz)$)}");
        fault.MapGet("/", (string service, Faults faults) => faults.Of(service) is { } active
            ? Results.Json(active, Fault.Json) : Results.Json(new Dictionary<string, string?> { ["fault"] = null }));
        fault.MapPut("/", BeginAsync);
        fault.MapDelete("/", (string service, Faults faults) => Done(() => faults.End(service)));

        control.MapPut("/oms/runs/{run:int}", async (int run, HttpContext http, FactStore facts, TimeProvider time) =>
            await WithBodyAsync(http, body => Changes.OfRun(body, time.GetUtcNow()), change => facts.Change(run, change)));
        control.MapDelete("/oms/runs/{run:int}", (int run, FactStore facts) => Done(() => facts.Reset(run)));
        control.MapDelete("/oms/runs", (FactStore facts) => Done(() => facts.Reset()));

        control.MapPut("/runregistry/datasets", async (HttpContext http, RegistryStore registry) =>
        {
            var known = true;
            var result = await WithBodyAsync(http, Changes.OfDataset, change => known = registry.Change(change.Run, change.Name, change.Change));
            return known ? result : Results.Json(new { problem = "Neither OMS nor the Run Registry knows that run." }, statusCode: StatusCodes.Status404NotFound);
        });
        control.MapDelete("/runregistry/datasets", (int? run, RegistryStore registry) => Done(() => registry.Reset(run)));

        control.MapPut("/ebutz/runs/{run:int}", async (int run, HttpContext http, ReadOutModes modes) =>
            await WithBodyAsync(http, EbutzApi.Read, change => modes.Change(run, change)));
        control.MapDelete("/ebutz/runs", (ReadOutModes modes) => Done(modes.Reset));

        control.MapPut("/sso/people/{login}", async (string login, HttpContext http, SamplePeople people) => people.Find(login) is null
            ? Results.Json(new { problem = "There is nobody by that login." }, statusCode: StatusCodes.Status404NotFound)
            : await WithBodyAsync(http, Changes.OfRoles, roles => people.ChangeRoles(login, roles)));
        control.MapDelete("/sso/people", (SamplePeople people) => Done(people.Reset));
        control.MapDelete("/sso/sessions/{login}", async (string login, HttpContext http, SsoSessions sessions) =>
        {
            await sessions.EndAllAsync(login, http.RequestAborted);
            return Results.NoContent();
        });
    }

    internal static IResult ResetAll(Faults faults, FactStore facts, RegistryStore registry, ReadOutModes modes, SamplePeople people) => Done(() =>
    {
        faults.EndAll();
        facts.Reset();
        registry.Reset();
        modes.Reset();
        people.Reset();
    });

    private static async Task<IResult> BeginAsync(string service, HttpContext http, Faults faults)
    {
        try
        {
            var fault = await JsonSerializer.DeserializeAsync<Fault>(http.Request.Body, Fault.Json, http.RequestAborted);
            var problem = fault is null ? "A fault is missing." : fault.Problem();
            if (problem is not null) return Bad(problem);
            faults.Begin(service, fault!);
            return Results.Json(fault, Fault.Json);
        }
        catch (JsonException exception)
        {
            var kinds = string.Join(", ", Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName));
            return Bad($"{exception.Message} Faults are {kinds}.");
        }
    }

    private static async Task<IResult> WithBodyAsync<T>(HttpContext http, Func<JsonElement, T> read, Action<T> change)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            change(read(document.RootElement));
            return Results.NoContent();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Bad(exception.Message);
        }
    }

    private static IResult Bad(string problem) => Results.Json(new { problem }, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Done(Action action)
    {
        action();
        return Results.NoContent();
    }
}
