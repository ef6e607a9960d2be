using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Certhelper.Standins;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Tests.Standins;

/// <summary>The stand-ins on a real loopback port of their own, and clients that ask as ours do.</summary>
public sealed class StandinsServer : IAsyncLifetime
{
    public const string ClientId = "certhelper";
    public const string ClientSecret = "only-for-this-test";
    public const string Oms = "cmsoms-prod";
    public const string RunRegistry = "webframeworks-paas-cmsrunregistry";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WebApplication? _app;

    /// <summary>Without it the process believes to be in development.</summary>
    public string Environment { get; init; } = "Development";

    public TimeProvider? Time { get; init; }

    public string? DataFolder { get; init; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; private set; } = null!;

    public Uri BaseAddress => Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        _app = StandinsHost.Create(
            ["--urls=http://127.0.0.1:0", $"--environment={Environment}", $"--Standins:ClientSecret={ClientSecret}", $"--Standins:DataFolder={DataFolder}", "--Logging:LogLevel:Default=None"],
            builder =>
            {
                if (Time is not null) builder.Services.AddSingleton(Time);
            });
        await _app.StartAsync();
        Client = NewClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(path, Stop);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, Stop);

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await Client.PostAsync(path, content, Stop);
    }

    public static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(Stop);

    public static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Stop);

    public HttpClient NewClient(HttpMessageHandler handler) => new(handler) { BaseAddress = new Uri(_app!.Urls.First()) };

    public async Task<string> TokenAsync(string audience)
    {
        using var response = await PostAsync("/auth/realms/cern/api-access/token", new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ClientId,
            ["client_secret"] = ClientSecret,
            ["audience"] = audience,
        });
        response.EnsureSuccessStatusCode();
        var token = await JsonAsync(response);
        return token.GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> AskOmsAsync(string pathAndQuery, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/agg/api/v1" + pathAndQuery);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(Oms));
        return await Client.SendAsync(request, completion, Stop);
    }

    public async Task<JsonElement> OmsAsync(string pathAndQuery)
    {
        using var response = await AskOmsAsync(pathAndQuery);
        return await JsonAsync(response);
    }

    public async Task<HttpResponseMessage> AskRegistryAsync(string path, string? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, "/rr/api" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(RunRegistry));
        if (body is not null) request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        return await SendAsync(request);
    }

    public async Task<JsonElement> RegistryAsync(string path, string? body = null)
    {
        using var response = await AskRegistryAsync(path, body);
        return await JsonAsync(response);
    }

    public async Task<HttpResponseMessage> ControlAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/control" + path);
        if (body is not null) request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        return await SendAsync(request);
    }
}
