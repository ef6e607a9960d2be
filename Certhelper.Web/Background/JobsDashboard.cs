using Certhelper.Core.People;
using Yarp.ReverseProxy.Forwarder;

namespace Certhelper.Web.Background;

/// <summary>The dashboard of background jobs lives in the jobs process and is shown under this site's name.</summary>
internal static class JobsDashboard
{
    public const string Path = "/hangfire";

    private static readonly ForwarderRequestConfig Limits = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };

    public static void AddJobsDashboard(this WebApplicationBuilder builder) =>
        builder.Services.AddHttpForwarderWithServiceDiscovery();

    /// <summary>Where jobs runs is configuration: <c>services:jobs:http:0</c>.</summary>
    public static void MapJobsDashboard(this WebApplication app) =>
        app.MapForwarder(Path + "/{**rest}", "http://jobs", Limits).RequireAuthorization(nameof(Permission.ViewJobs));
}
