using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Infrastructure;

/// <summary>
/// The whole stack, booted through the app host with data and ports of its own, so that it disturbs no stack that a
/// developer has running.
/// </summary>
public sealed class Stack : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private readonly DistributedApplication app;

    private Stack(DistributedApplication app, string dataFolder)
    {
        this.app = app;
        DataFolder = dataFolder;
    }

    /// <summary>Where this stack keeps its database and what its processes wrote (<c>log.txt</c>).</summary>
    public string DataFolder { get; }

    /// <summary>The address that a browser uses; two replicas are behind it.</summary>
    public Uri Web => app.GetEndpoint("web");

    public Uri Jobs => app.GetEndpoint("jobs");

    /// <summary>The stand-ins of SSO, OMS and the Run Registry.</summary>
    public Uri Standins => app.GetEndpoint("standins");

    /// <summary>Where the host of the remote scripts listens.</summary>
    public Uri TrackerHost => app.GetEndpoint("tracker-host", "ssh");

    /// <param name="args">Further arguments of the app host.</param>
    public static async Task<Stack> StartAsync(params string[] args)
    {
        var folder = TestFolder.Create("certhelper-stack-");
        var log = Path.Combine(folder, "log.txt");
        using var limit = new CancellationTokenSource(StartLimit);
        string[] all = ["--data-folder", folder, "--data-volume", Path.GetFileName(folder), "--log-file", log, "--tracker-speed", "0.05", .. args];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Certhelper_AppHost>(all, limit.Token);
        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            foreach (var resource in new[] { "web", "jobs", "standins" })
                await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
            return new Stack(app, folder);
        }
        catch (Exception exception)
        {
            await app.DisposeAsync();
            var end = File.Exists(log) ? string.Join('\n', (await File.ReadAllLinesAsync(log, CancellationToken.None)).TakeLast(60)) : "";
            throw new InvalidOperationException($"The stack did not start: {exception.Message}\n{end}", exception);
        }
    }

    public HttpClient CreateClient(string resource = "web") => app.CreateHttpClient(resource);

    /// <summary>Connection string of the product's database.</summary>
    public async Task<string> ConnectionStringAsync() => (await app.GetConnectionStringAsync("certhelper"))!;

    /// <summary>The product's database, for what a test puts there beforehand and looks at afterwards.</summary>
    public async Task<CerthelperDbContext> NewContextAsync() => new(await OptionsAsync());

    /// <summary>For several contexts of the product's database.</summary>
    public async Task<DbContextOptions<CerthelperDbContext>> OptionsAsync()
    {
        var options = new DbContextOptionsBuilder<CerthelperDbContext>().UseNpgsql(await ConnectionStringAsync(), npgsql => npgsql.EnableRetryOnFailure(20));
        StorageSetup.Configure(options);
        return options.Options;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        TestFolder.Delete(DataFolder);
    }
}
