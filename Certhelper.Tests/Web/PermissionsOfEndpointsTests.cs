using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Certhelper.Tests.Web;

/// <summary>Every endpoint of the running application × every role and nobody: who is let in, and who is not.</summary>
public sealed class PermissionsOfEndpointsTests(WebSite site, ITestOutputHelper output) : IClassFixture<WebSite>
{
    private const string Sample = "sample";

    [Fact]
    public void Every_endpoint_declares_a_policy_or_is_open_on_purpose()
    {
        var undeclared = Ours()
            .Where(endpoint => !IsOpen(endpoint) && DeclaredPermissions.Of(endpoint).Count == 0)
            .Select(endpoint => endpoint.RoutePattern.RawText + " " + endpoint.DisplayName);

        Assert.Empty(undeclared);
        Assert.True(site.Endpoints.Count > 20, "The application has more endpoints than that.");
    }

    [Fact]
    public void Only_these_are_open_to_everybody()
    {
        var open = Ours()
            .Where(endpoint => IsOpen(endpoint) && !IsAsset(endpoint))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            ["/.well-known/security.txt", "/alive", "/denied", "/error/403", "/error/{code:int?}", "/health", "/signed-out", "/signin", "/signin/problem", "/signout", "/signout/back-channel", "/welcome"],
            open);
    }

    [Fact]
    public async Task Each_role_gets_in_where_the_table_says_and_nowhere_else()
    {
        site.Outside.Weather = Weather.KnowsNothing;
        var addresses = await AddressesAsync();
        var allowed = 0;
        var refused = 0;
        List<string> wrong = [];
        foreach (var role in Enum.GetValues<Role>().Select(role => (Role?)role).Append(null))
        {
            foreach (var endpoint in Guarded())
            {
                foreach (var method in Methods(endpoint))
                {
                    var may = role is { } one && NeedsOf(endpoint, method).All(need => PermissionTable.Allows([Role.Guest, one], need));
                    // Each visit by a new person, so that nobody owns anything.
                    var visitor = role is { } as_ ? await site.SignedInAsAsync(as_) : site.SignedOut();
                    var page = await VisitAsync(visitor, method, addresses(endpoint));
                    var entered = page.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && !LeadsToSignIn(page);
                    if (entered != may) wrong.Add($"{role?.ToString() ?? "nobody"} {method} {addresses(endpoint)}: {(int)page.Status} {page.Location}, but the table says {may}");
                    if (page.Status is HttpStatusCode.InternalServerError) wrong.Add($"{role} {method} {addresses(endpoint)} broke");
                    if (may) allowed++;
                    else refused++;
                }
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Ours().Count(endpoint => !IsAsset(endpoint))} endpoints, {Guarded().Count()} of them guarded, {Guarded().Count(endpoint => DeclaredPermissions.Of(endpoint).Count == 0)} without a policy; {allowed + refused} checks: {allowed} visits were to be let in, {refused} to be refused, {wrong.Count} went wrong."));
        Assert.Empty(wrong);
        Assert.True(allowed > 50 && refused > 50);
    }

    [Fact]
    public void The_live_hub_and_the_jobs_dashboard_are_among_the_guarded_and_every_method_of_the_hub_declares_its_policy()
    {
        var routes = Guarded().ToLookup(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), DeclaredPermissions.Of);
        Assert.Contains(Permission.RunScripts, routes["/hubs/executions"].Single());
        Assert.Contains(Permission.ViewJobs, routes["/hangfire/{**rest}"].Single());

        var methods = typeof(Certhelper.Web.Executions.ExecutionsHub).GetMethods(
            System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly);
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(method.IsDefined(typeof(AuthorizeAttribute), inherit: false), method.Name));
    }

    // Nobody here owns the certification, and changing somebody else's takes more than the address alone says.
    private static IEnumerable<Permission> NeedsOf(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.EndsWith("certifications/{id:int}/edit", StringComparison.Ordinal)
        || endpoint.RoutePattern.RawText!.EndsWith("certifications/{id:int}/hand-over", StringComparison.Ordinal)
            ? [.. DeclaredPermissions.Of(endpoint), Permission.EditOthersCertifications]
            : DeclaredPermissions.Of(endpoint);

    // Looking at somebody else's execution is for all who may run scripts; stopping it is not.
    private static IEnumerable<Permission> NeedsOf(RouteEndpoint endpoint, string method) =>
        // Open to whoever views as a role, to come back; to begin takes the right.
        endpoint.RoutePattern.RawText!.EndsWith("admin/view-as", StringComparison.Ordinal) ? [Permission.ViewAs] :
        method == "POST" && endpoint.RoutePattern.RawText!.EndsWith("executions/{id:long}/stop", StringComparison.Ordinal)
            ? [.. NeedsOf(endpoint), Permission.StopOthersExecutions]
            : WritesReport(endpoint, method)
                ? [.. NeedsOf(endpoint), Permission.WriteLeaderReports]
                : NeedsOf(endpoint);

    // The report that stands here is a weekly one, which shifters do not write; their own daily ones they do.
    private static bool WritesReport(RouteEndpoint endpoint, string method) =>
        endpoint.RoutePattern.RawText!.EndsWith("reports/{id:int}/edit", StringComparison.Ordinal)
        || (method == "POST" && (endpoint.RoutePattern.RawText.EndsWith("reports/{id:int}/freeze", StringComparison.Ordinal)
            || endpoint.RoutePattern.RawText.EndsWith("reports/{id:int}/regenerate", StringComparison.Ordinal)));

    private static async Task<WebPage> VisitAsync(Visitor visitor, string method, string address) => method == "GET"
        ? await visitor.GetAsync(address)
        : await visitor.PressAsync(address);

    private static bool LeadsToSignIn(WebPage page) =>
        page.Status == HttpStatusCode.Found && page.Location is { } location
        && (location.Contains("/signin", StringComparison.Ordinal) || location.EndsWith("/welcome", StringComparison.Ordinal));

    // MapStaticAssets adds a fallback for files that appear after a build; a published application has none, and it is not open.
    private IEnumerable<RouteEndpoint> Ours() => site.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}");

    private IEnumerable<RouteEndpoint> Guarded() => Ours().Where(endpoint => !IsOpen(endpoint));

    private static bool IsOpen(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool IsAsset(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null;

    // Pages answer GET and, where they have a form, POST; both must be guarded alike.
    private static IEnumerable<string> Methods(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
        ?? (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null ? ["GET"] : ["GET", "POST"]);

    /// <summary>An address with real rows for each route, so that a page that finds nothing does not hide one that lets in.</summary>
    private async Task<Func<RouteEndpoint, string>> AddressesAsync()
    {
        var owner = await site.Given.PersonAsync(Sample, "Owner", Role.Shifter);
        var certification = await site.Given.CertificationAsync(owner);
        var reference = await site.Given.ReferenceAsync(owner);
        var run = await site.Given.RunAsync();
        var hostKey = await site.Given.HostKeyAsync();
        var execution = await new ExecutionSamples(site.Database).RunningAsync(owner.Id);
        var maps = await new MapSamples(site.Database).MapsAsync(owner.Id, run, "StreamExpress", "QTestAlarm");
        var report = await site.Given.WeeklyReportAsync(owner);
        return endpoint =>
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            return route
                .Replace("maps/{run:int}/{type}", FormattableString.Invariant($"maps/{run}/StreamExpress"), StringComparison.Ordinal)
                .Replace("{run:int}", run.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{reconstruction:reconstruction}", "prompt", StringComparison.Ordinal)
                .Replace("maps/files/{file:long}", FormattableString.Invariant($"maps/files/{maps["QTestAlarm"]}"), StringComparison.Ordinal)
                .Replace("reports/{id:int}", FormattableString.Invariant($"reports/{report}"), StringComparison.Ordinal)
                .Replace("{extension}", "txt", StringComparison.Ordinal)
                .Replace("references/{id:int}", FormattableString.Invariant($"references/{reference}"), StringComparison.Ordinal)
                .Replace("hosts/{id:int}", FormattableString.Invariant($"hosts/{hostKey}"), StringComparison.Ordinal)
                .Replace("{id:long}", execution.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("people/{id:int}", FormattableString.Invariant($"people/{owner.Id}"), StringComparison.Ordinal)
                .Replace("{list:regex(^(problems|reasons)$)}", "problems", StringComparison.Ordinal)
                .Replace("/{id:int?}", "", StringComparison.Ordinal)
                .Replace("{feature}", "Scripts", StringComparison.Ordinal)
                .Replace("{option}", "FewLumisections", StringComparison.Ordinal)
                .Replace("{file:long}", "1", StringComparison.Ordinal)
                .Replace("scripts/{key}", "scripts/practice-slow", StringComparison.Ordinal)
                .Replace("{id:int}", certification.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{number:int}", "1", StringComparison.Ordinal)
                .Replace("{key}", "pixel", StringComparison.Ordinal)
                .Replace("/{**rest}", "", StringComparison.Ordinal);
        };
    }
}
