using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Certhelper.Tests.Standins;

/// <summary>A browser session at the realm, and the web's side of the code flow.</summary>
internal sealed class SsoBrowser : IDisposable
{
    public const string Realm = "/auth/realms/cern";
    public const string Redirect = "http://localhost:5080/signin-oidc";

    private readonly HttpClient _client;
    private readonly string _verifier = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    public SsoBrowser(StandinsServer server) =>
        _client = server.NewClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    /// <summary>The web sends the person to the realm.</summary>
    public Task<HttpResponseMessage> AuthorizeAsync(string extra = "", string redirect = Redirect, string client = StandinsServer.ClientId)
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return _client.GetAsync($"{Realm}/protocol/openid-connect/auth?client_id={client}&response_type=code&scope=openid%20profile%20email"
            + $"&redirect_uri={Uri.EscapeDataString(redirect)}&state=s-1&nonce=n-1&code_challenge={challenge}&code_challenge_method=S256{extra}");
    }

    public static async Task<IHtmlDocument> PageAsync(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    /// <summary>The person presses a button of the sign-in page.</summary>
    public async Task<HttpResponseMessage> PressAsync(HttpResponseMessage signInPage, string name, string value)
    {
        var page = await PageAsync(signInPage);
        var form = (IHtmlFormElement)page.QuerySelector("form")!;
        Assert.NotNull(page.QuerySelector($"button[name='{name}'][value='{value}']"));
        var request = ((IHtmlInputElement)page.QuerySelector("input[name=request]")!).Value;
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["request"] = request, [name] = value });
        var answer = await _client.PostAsync(form.GetAttribute("action"), content);
        return answer.StatusCode == HttpStatusCode.Redirect ? await _client.GetAsync(answer.Headers.Location) : answer;
    }

    /// <summary>Signs in and comes back to the web with a code.</summary>
    public async Task<string> CodeAsync(string login, string extra = "")
    {
        using var page = await AuthorizeAsync(extra);
        using var back = await PressAsync(page, "login", login);
        return Code(back);
    }

    public static string Code(HttpResponseMessage back)
    {
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.StartsWith(Redirect, back.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        return QueryOf(back.Headers.Location)["code"]!;
    }

    public static System.Collections.Specialized.NameValueCollection QueryOf(Uri uri) => System.Web.HttpUtility.ParseQueryString(uri.Query);

    public async Task<HttpResponseMessage> ExchangeAsync(string code, bool basic = false, string secret = StandinsServer.ClientSecret, string? verifier = null)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = verifier ?? _verifier,
        };
        return await PostAsync(form, basic, secret);
    }

    public async Task<JsonElement> RefreshAsync(string refreshToken)
    {
        using var response = await PostAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, false, StandinsServer.ClientSecret);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement> TokensAsync(string login)
    {
        using var response = await ExchangeAsync(await CodeAsync(login));
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The payload of a token, unverified.</summary>
    public static JsonElement Payload(JsonElement tokens, string name)
    {
        var part = tokens.GetProperty(name).GetString()!.Split('.')[1].Replace('-', '+').Replace('_', '/');
        var json = Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='));
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> PostAsync(Dictionary<string, string> form, bool basic, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Realm + "/protocol/openid-connect/token");
        if (basic)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{StandinsServer.ClientId}:{secret}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
        }
        else
        {
            form["client_id"] = StandinsServer.ClientId;
            form["client_secret"] = secret;
        }

        request.Content = new FormUrlEncodedContent(form);
        return await _client.SendAsync(request);
    }
}
