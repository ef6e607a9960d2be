using System.Globalization;
using System.Net;
using Certhelper.Core.Administration;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Jobs.Migrate;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Replicas;
using Certhelper.Tests.Standins;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Role = Certhelper.Core.People.Role;

namespace Certhelper.Tests.OpenShift;

/// <summary>
/// The web and the jobs as processes, scraped as Prometheus does: an alert or a panel about a metric that nobody measures would
/// be silent for ever.
/// </summary>
[Trait("kind", "stack")]
public sealed class MetricsTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TrackerHostServer tracker = new();
    private readonly string folder = TestFolder.Create("certhelper-metrics-");
    private readonly HttpClient client = new();
    private TestDatabase database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await tracker.InitializeAsync();
        database = await TestDatabase.CreateEmptyAsync();
        var errors = new StringWriter();
        var configuration = new ConfigurationManager { ["ConnectionStrings:certhelper"] = database.ConnectionString, ["Scripts:Practice"] = "true" };
        Assert.True(await MigrateVerb.RunAsync(configuration, TextWriter.Null, errors, Token) == 0, errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await database.DisposeAsync();
        await tracker.DisposeAsync();
        TestFolder.Delete(folder);
    }

    [Fact]
    public async Task Every_metric_of_the_alerts_and_the_dashboard_is_measured_by_its_name()
    {
        var id = await AskForAnExecutionAsync();
        using var web = new Service("web", database, tracker, folder);
        using var jobs = new Service("jobs", database, tracker, folder);
        await Task.WhenAll(web.ReadyAsync(client), jobs.ReadyAsync(client));

        // CERN SSO is not there: somebody cannot sign in.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri(web.Address, "/signin"), Token)).StatusCode);
        // Npgsql tells of waits for a connection only when there was one; this web has one connection.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync(new Uri(web.Address, "/health"), Token)));
        await EndAsync(id);
        var scraped = "";
        var wanted = MetricNames.InUse();
        try
        {
            await Processes.UntilAsync(
                async () =>
                {
                    scraped = await web.ScrapeAsync(client) + await jobs.ScrapeAsync(client);
                    return wanted.All(MetricNames.Of(scraped).Contains);
                },
                TimeSpan.FromSeconds(60),
                "everything is measured");
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{wanted.Count} metrics wanted; nobody measures: {string.Join(", ", wanted.Except(MetricNames.Of(scraped)))}");
        }

        Assert.Equal(8, wanted.Count(name => name.StartsWith("certhelper_", StringComparison.Ordinal)));
        Assert.Contains(Lines("certhelper_signin_failures_total"), line => line.Contains("error_type=\"unavailable\"", StringComparison.Ordinal) && line.Contains("} 1", StringComparison.Ordinal));
        // Counters stand at nothing before the first event, so that it is an increase.
        Assert.Equal(4, Lines("certhelper_certification_saves_total").Count(line => line.Contains("} 0", StringComparison.Ordinal)));
        Assert.Equal(4, Lines("certhelper_job_queue_length").Count);
        Assert.Contains(Lines("certhelper_job_failures_total"), line => line.Contains("certhelper_job_name=\"oms-sync\"", StringComparison.Ordinal));
        Assert.Contains(Lines("certhelper_outside_service_up"), line => line.Contains("certhelper_service_name=\"OMS\"", StringComparison.Ordinal));

        List<string> Lines(string name) => [.. scraped.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))];
    }

    private async Task<long> AskForAnExecutionAsync()
    {
        await using var db = database.NewContext();
        db.SourceContacts.Add(new SourceContact { Source = SourceContact.Oms, LastGoodAt = TimeProvider.System.GetUtcNow() });
        var user = new User { Login = "metrics.tester", Name = "Metrics Tester" };
        db.Users.Add(user);
        await db.SaveChangesAsync(Token);
        await using var nowhere = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100");
        var desk = new ExecutionDesk(db, new ExecutionHints(nowhere, NullLogger<ExecutionHints>.Instance), new SiteBoard(null!), TimeProvider.System);
        var values = new Dictionary<string, string?> { ["lines"] = "50", ["rate"] = "50" };
        return Assert.IsType<StartResult.Started>(await desk.StartAsync("practice-talkative", values, null, new Actor(user.Id, user.Login, user.Name, [Role.Shifter]), Token)).Id;
    }

    /// <summary>Approves the key of the host when it shows it, and waits for the end.</summary>
    private async Task EndAsync(long id)
    {
        await using var db = database.NewContext();
        await Processes.UntilAsync(
            async () =>
            {
                await db.HostKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.State, HostKeyState.Approved), Token);
                return await db.Executions.AnyAsync(row => row.Id == id && row.EndedAt != null && row.LastLine == 50, Token);
            },
            Limit,
            "the execution ends");
    }

    private sealed class Service : IDisposable
    {
        private readonly Child child;
        private readonly string log;
        private readonly Uri metrics;

        public Service(string workload, TestDatabase database, TrackerHostServer tracker, string folder)
        {
            var ports = new Certhelper.AppHost.LocalEngine.Ports();
            var (port, metricsPort) = (ports.Any(), ports.Any());
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
            metrics = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{metricsPort}/metrics"));
            var command = Child.Dotnet(workload == "web" ? "Certhelper.Web" : "Certhelper.Jobs");
            var variables = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = Address.ToString(),
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Metrics__Port"] = metricsPort.ToString(CultureInfo.InvariantCulture),
                ["ConnectionStrings__certhelper"] = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = workload == "web" ? 1 : 20 }.ConnectionString,
                ["ConnectionStrings__redis"] = "127.0.0.1:1,abortConnect=false,connectTimeout=100",
                ["services__jobs__http__0"] = "http://127.0.0.1:1",
                ["Sso__Authority"] = "http://127.0.0.1:1/auth/realms/cern",
                ["Sso__ClientId"] = "certhelper",
                ["Sso__ClientSecret"] = "secret",
                ["Scripts__Root"] = tracker.Data,
                ["Scripts__Addresses__vocms066"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{tracker.Port}"),
                ["Scripts__Credentials__vocms066__Account"] = Environment.UserName,
                ["Scripts__Credentials__vocms066__PrivateKeyFile"] = tracker.ClientKey,
            };
            foreach (var source in (string[])["Oms", "RunRegistry", "Ebutz"])
            {
                variables[source + "__BaseUrl"] = "http://127.0.0.1:1";
                if (source == "Ebutz") continue;
                variables[source + "__TokenUrl"] = "http://127.0.0.1:1/token";
                variables[source + "__ClientId"] = "certhelper";
                variables[source + "__ClientSecret"] = "secret";
            }

            foreach (var (name, value) in variables) command.Environment[name] = value;
            log = Path.Combine(folder, workload + ".log");
            child = Child.Start(command, log);
        }

        public Uri Address { get; }

        public Task ReadyAsync(HttpClient client) => Processes.UntilAsync(
            async () =>
            {
                Assert.False(child.Process.HasExited, child.Process.HasExited ? File.ReadAllText(log) : "");
                try
                {
                    return (await client.GetAsync(new Uri(Address, "/health"), Token)).StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Limit,
            $"{Address} is ready");

        public Task<string> ScrapeAsync(HttpClient client) => client.GetStringAsync(metrics, Token);

        public void Dispose() => child.Dispose();
    }
}
