using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Replicas;

/// <summary>A browser without script that comes by the router: keeps cookies, and notes which replica answered.</summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;
    private readonly Router router;

    public Browser(Router router)
    {
        this.router = router;
        var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) => errors == SslPolicyErrors.None || shown?.GetCertHashString() == router.Certificate.Thumbprint;
        client = new HttpClient(handler) { BaseAddress = router.Address, Timeout = TimeSpan.FromSeconds(120) };
    }

    /// <summary>Who answered, one for each request.</summary>
    public ConcurrentQueue<string> Pods { get; } = new();

    public HttpClient Client => client;

    public string CookieHeader => cookies.GetCookieHeader(router.Address);

    public IEnumerable<string> CookieNames => cookies.GetCookies(router.Address).Select(cookie => cookie.Name);

    public async Task<WebPage> GetAsync(string path) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<WebPage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>As the script of the page keeps a draft.</summary>
    public async Task<WebPage> PutAsync(string path, Dictionary<string, string> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new FormUrlEncodedContent(fields.Where(field => field.Key != "__token")) };
        request.Headers.Add("RequestVerificationToken", fields["__token"]);
        request.Headers.Add("HX-Request", "true");
        return await SendAsync(request);
    }

    /// <summary>By the page of SSO, as a person does.</summary>
    public async Task SignInAsync(string login)
    {
        var target = new Uri(router.Address, "/signin?returnUrl=%2F");
        for (var hop = 0; hop < 12; hop++)
        {
            var page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, target));
            if (page.Document.QuerySelector("button[name=login]") is not null)
            {
                var fields = page.Fields("form");
                fields["login"] = login;
                page = await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(target, page.Find("form").GetAttribute("action")!)) { Content = new FormUrlEncodedContent(fields) });
            }

            if (page.Location is null)
            {
                Assert.True(page.Status == HttpStatusCode.OK, $"Signing in as {login} ended at {target} with {page.Status}: {page.Words}");
                return;
            }

            target = new Uri(target, page.Location);
        }

        Assert.Fail($"Signing in as {login} goes round in circles at {target}.");
    }

    public void Dispose() => client.Dispose();

    private async Task<WebPage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.Headers.TryGetValues(Router.PodHeader, out var pods)) Pods.Enqueue(string.Concat(pods));
            return await WebPage.ReadAsync(answer);
        }
    }
}
