using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Certhelper.Tests.Security;

/// <summary>A form of another site is sent with the person's cookie: every address that could change something refuses it.</summary>
public sealed class CrossSiteTests(WebSite site, ITestOutputHelper output) : IClassFixture<WebSite>
{
    // Signed by CERN SSO, and without any cookie.
    private const string BackChannel = "signout/back-channel";

    // Run again to explain a failed request; they have no handler and change nothing.
    private static readonly string[] Explaining = ["error/{code:int?}", "denied", "error/403"];

    [Fact]
    public async Task Every_address_that_takes_more_than_GET_refuses_a_form_without_the_token()
    {
        var admin = await site.SignedInAsAsync(Enum.GetValues<Role>());
        var owner = admin.User!;
        var run = await site.Given.RunAsync();
        var certification = await site.Given.CertificationAsync(owner, run);
        var report = await site.Given.WeeklyReportAsync(owner);
        List<string> wrong = [];
        var asked = 0;
        foreach (var endpoint in site.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}"))
        {
            var route = endpoint.RoutePattern.RawText!.TrimStart('/');
            if (route == BackChannel || Explaining.Contains(route)) continue;
            var address = "/" + route
                .Replace("{list:regex(^(problems|reasons)$)}", "problems", StringComparison.Ordinal).Replace("/{id:int?}", "", StringComparison.Ordinal)
                .Replace("{feature}", "Scripts", StringComparison.Ordinal).Replace("{option}", "FewLumisections", StringComparison.Ordinal)
                .Replace("people/{id:int}", $"people/{owner.Id}", StringComparison.Ordinal)
                .Replace("{run:int}", $"{run}", StringComparison.Ordinal).Replace("{reconstruction:reconstruction}", "prompt", StringComparison.Ordinal)
                .Replace("reports/{id:int}", $"reports/{report}", StringComparison.Ordinal)
                .Replace("{id:int}", $"{certification}", StringComparison.Ordinal).Replace("{id:long}", "1", StringComparison.Ordinal)
                .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("scripts/{key}", "scripts/practice-slow", StringComparison.Ordinal)
                .Replace("{key}", "pixel", StringComparison.Ordinal).Replace("/{**rest}", "", StringComparison.Ordinal);
            foreach (var method in MethodsOf(endpoint))
            {
                asked++;
                var page = await admin.SendAsync(new HttpRequestMessage(new HttpMethod(method), address)
                {
                    Content = new FormUrlEncodedContent([KeyValuePair.Create("Why", "forged")]),
                    Headers = { { "Origin", "https://evil.example" } },
                });
                if (page.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound or HttpStatusCode.Forbidden))
                    wrong.Add($"{method} {address}: {(int)page.Status}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{asked} requests without the token, {wrong.Count} got through."));
        Assert.Empty(wrong);
        Assert.True(asked > 40, "There are more forms than that.");
    }

    private static IEnumerable<string> MethodsOf(Endpoint endpoint)
    {
        var named = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        if (named is not null) return named.Where(method => method is not ("GET" or "HEAD" or "OPTIONS"));
        return endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null ? [] : ["POST", "PUT", "DELETE", "PATCH"];
    }
}
