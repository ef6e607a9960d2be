using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Security;

/// <summary>Too many, too large, from whom, and the headers of every answer.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    private readonly WebSite site = new()
    {
        Settings = { ["Limits:ExportsAMinute"] = "2", ["Limits:SignInsAMinute"] = "3", ["Limits:ApiAMinute"] = "2", ["Limits:BodyBytes"] = "70000" },
    };

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Too_many_files_are_refused_to_the_one_person_with_a_page_that_says_when()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync("/runs/export.csv")).Status);

        var refused = await sara.GetAsync("/runs/export.csv");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.True(int.Parse(refused.Response.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture) is >= 1 and <= 60);
        Assert.Contains("Too many requests", refused.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await (await site.SignedInAsAsync(Role.Shifter)).GetAsync("/runs/export.csv")).Status);
    }

    [Fact]
    public async Task The_API_refuses_with_a_problem_and_the_door_with_a_page()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        for (var i = 0; i < 2; i++) await sara.GetAsync("/api/v1/runs");
        var api = await sara.GetAsync("/api/v1/runs");
        var nobody = site.SignedOut();
        for (var i = 0; i < 3; i++) await nobody.GetAsync("/signin/callback?code=x&state=y");
        var door = await nobody.GetAsync("/signin/callback?code=x&state=y");

        Assert.Equal(HttpStatusCode.TooManyRequests, api.Status);
        Assert.Equal("application/problem+json", api.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.TooManyRequests, door.Status);
        Assert.Contains($"Wait {door.Response.Headers.GetValues("Retry-After").Single()} seconds", door.Words, StringComparison.Ordinal);
        // There is no session yet that another program could use.
        Assert.Contains("behind one address of the network", door.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Forwarded_headers_are_believed_of_nobody_unless_a_network_is_configured()
    {
        Assert.Equal(ForwardedHeaders.None, site.Service<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders);
    }

    [Fact]
    public void Bodies_are_limited_in_size_and_in_slowness()
    {
        var limits = site.Service<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(70_000, limits.MaxRequestBodySize);
        Assert.NotNull(limits.MinRequestBodyDataRate);
        Assert.True(limits.RequestHeadersTimeout <= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_and_holes_have_an_address()
    {
        var page = await site.SignedOut().GetAsync("/welcome");
        var headers = page.Response.Headers;

        Assert.DoesNotContain("unsafe-", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var name in new[] { "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy" })
            Assert.True(headers.Contains(name), name);
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script:not([src])"));
        var told = await site.SignedOut().GetAsync("/.well-known/security.txt");
        Assert.StartsWith("Contact: mailto:", told.Text, StringComparison.Ordinal);
        Assert.Contains("Expires: ", told.Text, StringComparison.Ordinal);
    }
}
