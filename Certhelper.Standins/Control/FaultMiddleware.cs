using System.Globalization;
using Certhelper.Standins.Sso;

namespace Certhelper.Standins.Control;

/// <summary>Plays the fault of a service before the service sees the request.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, Faults faults, TimeProvider time)
{
    // Longer than any client waits.
    private static readonly TimeSpan Forever = TimeSpan.FromMinutes(15);

    public async Task InvokeAsync(HttpContext http)
    {
        var service = Service.Of(http.Request.Path);
        var fault = service is null ? null : faults.Strike(service.Name, Uri.UnescapeDataString(http.Request.Path + http.Request.QueryString.Value));
        if (service is null || fault is null)
        {
            await next(http);
            return;
        }

        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(DelayOf(fault), time, http.RequestAborted);
                await next(http);
                break;
            case FaultKind.Hang:
                await Task.Delay(Forever, time, http.RequestAborted);
                break;
            case FaultKind.Refuse:
                http.Abort();
                break;
            case FaultKind.Status:
                await StatusAsync(http, fault, service);
                break;
            case FaultKind.LoginRedirect:
                http.Response.Redirect(SsoPaths.LoginOf(http.Request, service.Application));
                break;
            case FaultKind.RedirectLoop:
                http.Response.Redirect($"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}{http.Request.QueryString}");
                break;
            case FaultKind.LoginHtml:
                await WriteAsync(http, 200, StandinPage.ContentType, SignInPage.Message("Sign in", "Your session has ended. Sign in to go on."));
                break;
            case FaultKind.Nonsense:
                await WriteAsync(http, 200, service.ContentType, """{"data":[{"id":"321149","type":"runs","attributes":{"run_number":32114""" + "\u0000;;not json");
                break;
            case FaultKind.Truncated:
                await TruncateAsync(http);
                break;
            case FaultKind.Unauthorized:
                await WriteAsync(http, 401, "text/html", "<html><head><title>401 Unauthorized</title></head><body><h1>Unauthorized</h1></body></html>");
                break;
            default:
                throw new InvalidOperationException($"Nobody plays {fault.Kind}.");
        }
    }

    private static TimeSpan DelayOf(Fault fault)
    {
        var seconds = fault.Seconds ?? 0;
#pragma warning disable CA5394 // Chance for a delay needs no secret.
        if (fault.MaxSeconds is { } most && most > seconds) seconds += Random.Shared.NextDouble() * (most - seconds);
#pragma warning restore CA5394
        return TimeSpan.FromSeconds(seconds);
    }

    private static async Task StatusAsync(HttpContext http, Fault fault, Service service)
    {
        var status = fault.Status ?? StatusCodes.Status503ServiceUnavailable;
        if (fault.RetryAfter is { } after) http.Response.Headers.RetryAfter = after.ToString(CultureInfo.InvariantCulture);
        // A proxy whose service is away answers with HTML; the service itself with JSON.
        var html = fault.Html ?? status is 502 or 503 or 504;
        var reason = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
        if (html)
        {
            await WriteAsync(http, status, "text/html", $"<html><head><title>{status} {reason}</title></head><body><h1>{status} {reason}</h1></body></html>");
            return;
        }

        var json = service.Name switch
        {
            "oms" => $$"""{"errors":[{"status":"{{status}}","title":"{{reason.ToUpperInvariant().Replace(' ', '_')}}","detail":"The database did not answer."}]}""",
            "runregistry" => """{"err":"SequelizeConnectionError: connection terminated"}""",
            _ => """{"error":"server_error","error_description":"The server met an unexpected condition."}""",
        };
        await WriteAsync(http, status, service.ContentType, json);
    }

    // Promises the whole answer and ends in its middle; the server then closes the connection. An abort would reset it, and
    // what was already sent could be lost on the way.
    private async Task TruncateAsync(HttpContext http)
    {
        var original = http.Response.Body;
        using var whole = new MemoryStream();
        http.Response.Body = whole;
        await next(http);
        http.Response.Body = original;
        http.Response.ContentLength = Math.Max(whole.Length, 2);
        await http.Response.Body.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2), http.RequestAborted);
    }

    private static Task WriteAsync(HttpContext http, int status, string contentType, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(body, http.RequestAborted);
    }
}
