using System.Net;
using Certhelper.Core.People;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>A browser without script: keeps cookies, follows nothing by itself.</summary>
public sealed class Visitor(WebSite site)
{
    public CookieContainer CookieJar { get; private init; } = new();

    internal Jar Cookies => new(CookieJar);

    /// <summary>Null when signed out.</summary>
    public User? User { get; init; }

    /// <summary>The same browser at another replica.</summary>
    public Visitor At(WebSite other) => new(other) { CookieJar = CookieJar, User = User };

    public async Task<WebPage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    public async Task<WebPage> PostAsync(string path, Dictionary<string, string> fields, params (string Name, string Value)[] headers) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) }, headers);

    /// <summary>A script's PUT of a form, with the token in a header as <c>fetch</c> sends it.</summary>
    public async Task<WebPage> PutAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, bool token = true)
    {
        List<(string, string)> headers = [("HX-Request", "true")];
        if (token) headers.Add(("RequestVerificationToken", (await TokenAsync())["__token"]));
        return await SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = new FormUrlEncodedContent(fields) }, [.. headers]);
    }

    /// <summary>A POST with nothing but the token that every page carries.</summary>
    public async Task<WebPage> PressAsync(string path, params (string Name, string Value)[] headers) =>
        await PostAsync(path, await TokenAsync(), headers);

    /// <summary>Opens a page, fills its form and sends it.</summary>
    public async Task<WebPage> SubmitAsync(string path, string form, params (string Name, string? Value)[] changes) =>
        await PostAsync(path, (await GetAsync(path)).Fields(form, changes));

    public async Task<Dictionary<string, string>> TokenAsync()
    {
        var page = await GetAsync(User is null ? "/signout" : "/admin/permissions");
        return new() { ["__token"] = page.Find("input[name=__token]").GetAttribute("value")! };
    }

    public async Task<WebPage> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using var client = site.Client(CookieJar);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await WebPage.ReadAsync(await client.SendAsync(request));
    }

    /// <summary>Reads an answer to its end and looks no closer, for measuring.</summary>
    /// <returns>Whether it was 200.</returns>
    public async Task<bool> SendForBytesAsync(string path)
    {
        using var client = site.Client(CookieJar);
        using var response = await client.GetAsync(path);
        await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode;
    }

    /// <summary>The cookies of this browser for the site.</summary>
    internal sealed class Jar(CookieContainer container)
    {
        public void Add(Cookie cookie) => container.Add(cookie);
    }
}
