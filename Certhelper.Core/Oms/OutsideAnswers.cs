using System.Net;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Certhelper.Core.Oms;

/// <summary>Whom a question goes to.</summary>
/// <param name="Source">The service on whose account it is asked, as in <see cref="SourceContact"/>.</param>
/// <param name="Who">What begins a sentence about whoever is asked.</param>
internal readonly record struct Asked(string Source, string Who)
{
    public static readonly Asked Oms = new(SourceContact.Oms, "OMS");
    public static readonly Asked RunRegistry = new(SourceContact.RunRegistry, "The Run Registry");
    public static readonly Asked Ebutz = new(SourceContact.Ebutz, "ebutz");

    /// <summary>The service that gives tokens for a source.</summary>
    public static Asked TokensFor(string source) => new(source, $"The sign-in service, asked for a token for {source},");
}

/// <summary>Sends a question to an outside service and turns whatever goes wrong into one sentence for people.</summary>
internal static class OutsideAnswers
{
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 64 };

    /// <summary>The answer as JSON. The caller's own cancellation goes through as it is.</summary>
    /// <exception cref="OutsideServiceException">Anything but a JSON answer with a status of success.</exception>
    public static async Task<JsonDocument> SendJsonAsync(
        HttpClient client, HttpRequestMessage request, Asked asked, CancellationToken cancellationToken)
    {
        var (source, who) = asked;
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            ThrowIfRefused(response, body, asked);
            if (LooksLikeHtml(response, body))
                throw new OutsideServiceException(source, $"{who} answered with a web page instead of data; that is usually a login page: the application is not authorised.");
            return JsonDocument.Parse(body, Json);
        }
        catch (JsonException exception)
        {
            throw new OutsideServiceException(source, $"{who} answered with something that is no valid JSON.", exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutRejectedException)
        {
            throw new OutsideServiceException(source, $"{who} did not answer in time.", exception);
        }
        catch (BrokenCircuitException exception)
        {
            throw new OutsideServiceException(source, $"{who} failed several times in a row and is left alone for some seconds.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new OutsideServiceException(source, $"{who} {Words(exception)}.", exception);
        }
        catch (IOException exception)
        {
            throw new OutsideServiceException(source, $"{who} broke off its answer.", exception);
        }
    }

    private static void ThrowIfRefused(HttpResponseMessage response, byte[] body, Asked asked)
    {
        if (response.IsSuccessStatusCode) return;
        var (source, who) = asked;
        var status = (int)response.StatusCode;
        throw new OutsideServiceException(source, response.StatusCode switch
        {
            >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest =>
                $"{who} redirected to a login page: the application is not authorised.",
            HttpStatusCode.Unauthorized => $"{who} did not accept the application's credentials (401).",
            HttpStatusCode.Forbidden => $"{who} does not allow the application to read (403).",
            HttpStatusCode.TooManyRequests => $"{who} asks for fewer questions (429).",
            >= HttpStatusCode.InternalServerError => $"{who} is in trouble (status {status}{Detail(body)}).",
            _ => $"{who} refused the question (status {status}{Detail(body)}).",
        });
    }

    /// <summary>What the service says itself, when it says it in one of the two known shapes; never HTML.</summary>
    private static string Detail(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Json);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return "";
            if (root.TryGetProperty("err", out var err) && err.ValueKind == JsonValueKind.String) return ": " + Cut(err.GetString()!);
            return root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                && errors.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
                && first.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
                ? ": " + Cut(detail.GetString()!)
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static bool LooksLikeHtml(HttpResponseMessage response, byte[] body) =>
        response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml"
        || body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    private static string Words(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "cannot be found: its name is unknown to the network",
        HttpRequestError.ConnectionError => "cannot be reached: the connection was refused",
        HttpRequestError.SecureConnectionError => "cannot be reached safely: its certificate was not accepted",
        HttpRequestError.ResponseEnded => "broke off its answer",
        HttpRequestError.ConfigurationLimitExceeded => "sent more than can be read at once",
        _ => exception.InnerException is IOException ? "broke off its answer" : "cannot be reached",
    };
}
