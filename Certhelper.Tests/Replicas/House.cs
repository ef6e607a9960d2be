using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Certhelper.AppHost.LocalEngine;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Migrate;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.OpenShift;
using Certhelper.Tests.Standins;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Certhelper.Tests.Replicas;

/// <summary>
/// As in the cluster, on this machine: two replicas of the web and two of the jobs with the variables of their Deployments, a
/// router, PostgreSQL, Debian's redis-server, the stand-ins and the host of the scripts. Each is a process of its own that can
/// be stopped, frozen and started again alone.
/// </summary>
public sealed class House : IAsyncLifetime
{
    private const string Password = "of-the-house";

    /// <summary>
    /// As the one that is there (<see cref="Watcher.TextOf"/>), but it goes on until it is told that it is enough: how long
    /// restarts take depends on the machine.
    /// </summary>
    private const string Talkative = """
        #!/usr/bin/env bash
        most=$1 rate=$2 number=0
        while [ "$number" -lt "$most" ] && [ ! -e enough ]; do
          for ((i = 0; i < rate / 10 && number < most; i++)); do
            number=$((number + 1))
            printf 'line %06d of the talkative script, as long as lines of cmsRun are\n' "$number"
          done
          sleep 0.1
        done

        """;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly string folder = TestFolder.Create("certhelper-replicas-");
    private readonly TrackerHostServer tracker = new();
    private readonly int postgresPort = FreePort();
    private readonly int redisPort = FreePort();
    private readonly List<(int Run, Reconstruction Reconstruction)> uncertified = [];
    private EmbeddedPostgres database = null!;
    private Child postgres = null!;
    private Child redis = null!;
    private Child standins = null!;
    private int taken = -1;

    internal IReadOnlyList<Pod> Pods { get; private set; } = [];

    internal Router Router { get; private set; } = null!;

    /// <summary>Who runs the scripts and watches them.</summary>
    internal Browser Sara { get; private set; } = null!;

    internal string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={postgresPort};Username={EmbeddedPostgres.UserName};Password={Password};Database=certhelper");

    private string RedisConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redisPort},password={Password}");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The router and Redis are Debian's.");
        await tracker.InitializeAsync();
        await File.WriteAllTextAsync(Path.Combine(tracker.Practice, "talkative.sh"), Talkative);
        database = new EmbeddedPostgres(Path.Combine(folder, "postgres"));
        await database.PrepareAsync(Password, CancellationToken.None);
        await StartPostgresAsync();
        StartRedis();
        var standinsPort = FreePort();
        standins = await StartStandinsAsync(standinsPort);
        await ExecuteAsync("CREATE DATABASE certhelper", "postgres");
        var errors = new StringWriter();
        var configuration = new ConfigurationManager { ["ConnectionStrings:certhelper"] = ConnectionString, ["Scripts:Practice"] = "true" };
        Assert.True(await MigrateVerb.RunAsync(configuration, TextWriter.Null, errors, CancellationToken.None) == 0, errors.ToString());

        var inside = FreePort();
        Pods = [.. from workload in (string[])["web", "jobs"] from number in (int[])[1, 2] select new Pod(workload, number, FreePort(), VariablesOf(workload, standinsPort, inside), folder)];
        await Task.WhenAll(Pods.Select(pod => pod.StartAsync()));
        Router = Router.Start(folder, FreePort(), inside, Pods);
        Sara = new Browser(Router);
        await Router.WaitAsync(Sara.Client);
        await Sara.SignInAsync("sara.shifter");
        await LearnRunsAsync();
        await TrustAsync();
    }

    /// <summary>A database context of the test's own.</summary>
    internal CerthelperDbContext NewContext()
    {
        var builder = new DbContextOptionsBuilder<CerthelperDbContext>().UseNpgsql(ConnectionString, npgsql => npgsql.EnableRetryOnFailure(20));
        StorageSetup.Configure(builder);
        return new CerthelperDbContext(builder.Options);
    }

    /// <summary>A reconstruction of a run that nobody certifies but who asks here.</summary>
    internal (int Run, Reconstruction Reconstruction) NextUncertified() => uncertified[Interlocked.Increment(ref taken)];

    /// <summary>Starts the talkative script by its page.</summary>
    internal async Task<long> StartScriptAsync(int lines, int rate)
    {
        var form = await Sara.GetAsync("/scripts/practice-talkative");
        var fields = form.Fields("#script-form", ("arg.lines", lines.ToString(CultureInfo.InvariantCulture)), ("arg.rate", rate.ToString(CultureInfo.InvariantCulture)));
        var started = await Sara.PostAsync("/scripts/practice-talkative", fields);
        Assert.True(started.Location?.StartsWith("/executions/", StringComparison.Ordinal) == true, started.Words);
        return long.Parse(started.Location["/executions/".Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the scripts go on.</summary>
    internal void LetScriptsPrint(bool goOn)
    {
        var enough = Path.Combine(tracker.Practice, "enough");
        if (goOn) File.Delete(enough);
        else File.WriteAllText(enough, "");
    }

    internal async Task<Execution> ExecutionAsync(long id)
    {
        await using var db = NewContext();
        return await db.Executions.AsNoTracking().Include(row => row.Events.OrderBy(item => item.Id)).SingleAsync(row => row.Id == id);
    }

    /// <summary>What the command of an execution has printed, as its host has it; it must have been begun there only once.</summary>
    internal async Task<string> PrintedAsync(long id)
    {
        var execution = await ExecutionAsync(id);
        var remote = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".certhelper");
        // Numbers are used again by other databases; what this one began is young.
        var begun = Directory.EnumerateDirectories(remote, id.ToString(CultureInfo.InvariantCulture) + "-*").Where(folder => Directory.GetCreationTimeUtc(folder) >= execution.RequestedAt.UtcDateTime.AddSeconds(-2));
        Assert.Equal([execution.RemoteFolder], begun.Select(folder => Path.GetFileName(folder)));
        return await File.ReadAllTextAsync(Path.Combine(remote, execution.RemoteFolder!, "log"));
    }

    internal Task UntilAsync(long id, Func<Execution, bool> holds, TimeSpan limit, string what) =>
        Processes.UntilAsync(async () => holds(await ExecutionAsync(id)), limit, $"execution {id}: {what}");

    /// <summary>The replica that works on an execution.</summary>
    internal Pod? OwnerOf(Execution execution) => Pods.FirstOrDefault(pod => execution.LeaseOwner == string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{pod.Child.Id}"));

    /// <summary>Kills Redis and starts an empty one at the same address.</summary>
    internal async Task RestartRedisAsync(TimeSpan away)
    {
        redis.Kill();
        await redis.Process.WaitForExitAsync(CancellationToken.None);
        redis.Dispose();
        await Task.Delay(away, TestContext.Current.CancellationToken);
        StartRedis();
    }

    /// <summary>Stops PostgreSQL as an upgrade does, and starts it again.</summary>
    /// <returns>How long nobody could sign in.</returns>
    internal async Task<TimeSpan> RestartPostgresAsync(TimeSpan away)
    {
        var clock = Stopwatch.StartNew();
        await postgres.EndAsync("INT", TimeSpan.FromSeconds(30));
        postgres.Dispose();
        await Task.Delay(away, TestContext.Current.CancellationToken);
        await StartPostgresAsync();
        return clock.Elapsed;
    }

    internal async Task<List<T>> QueryAsync<T>(FormattableString sql)
    {
        await using var db = NewContext();
        return await db.Database.SqlQuery<T>(sql).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Sara?.Dispose();
        Router?.Dispose();
        foreach (var pod in Pods) pod.Dispose();
        standins?.Dispose();
        redis?.Dispose();
        if (postgres is not null)
        {
            await postgres.EndAsync("INT", TimeSpan.FromSeconds(30));
            postgres.Dispose();
        }

        await tracker.DisposeAsync();
        if (Environment.GetEnvironmentVariable("CERTHELPER_KEEP") is not { Length: > 0 }) TestFolder.Delete(folder);
    }

    /// <summary>What the Deployment says, with what is elsewhere here: stores, outside services, and the network of the router.</summary>
    private Dictionary<string, string> VariablesOf(string workload, int standinsPort, int inside)
    {
        var objects = Deployments.Rendered("dev");
        var variables = Deployments.EnvironmentOf(objects, Deployments.Container(objects, workload));
        var outside = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{standinsPort}");
        var realm = outside + "/auth/realms/cern";
        variables["ConnectionStrings__certhelper"] = ConnectionString;
        variables["ConnectionStrings__redis"] = RedisConnectionString;
        variables["Oms__BaseUrl"] = outside + "/agg/api/v1";
        variables["RunRegistry__BaseUrl"] = outside + "/rr/api";
        variables["Ebutz__BaseUrl"] = outside + "/ebutz/cgi-bin/getReadOutmode.pl";
        variables["Oms__TokenUrl"] = variables["RunRegistry__TokenUrl"] = realm + "/api-access/token";
        foreach (var secret in (string[])["Oms__ClientSecret", "RunRegistry__ClientSecret"]) variables[secret] = Password;
        variables["Mail__Host"] = "localhost";
        variables["Mail__Port"] = "1";
        variables["Oms__SyncFrom"] = "2017-01-01";
        variables["Scripts__Root"] = tracker.Data;
        variables["Scripts__Addresses__vocms066"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{tracker.Port}");
        variables["Metrics__Port"] = FreePort().ToString(CultureInfo.InvariantCulture);
        if (workload == "web")
        {
            variables["Sso__Authority"] = realm;
            variables["Sso__ClientSecret"] = Password;
            variables["Proxy__Networks"] = "127.0.0.1/32";
            variables["services__jobs__http__0"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{inside}");
            // All people of this test come from one address.
            variables["Limits__SignInsAMinute"] = "1000";
        }
        else
        {
            variables["Scripts__Credentials__vocms066__Account"] = Environment.UserName;
            variables["Scripts__Credentials__vocms066__PrivateKeyFile"] = tracker.ClientKey;
            variables.Remove("Scripts__Credentials__vocms066__Password");
        }

        return variables;
    }

    private async Task StartPostgresAsync()
    {
        postgres = Child.Start(database.ServerCommand(postgresPort), Path.Combine(folder, "postgres.log"));
        await Processes.UntilAsync(
            async () =>
            {
                try
                {
                    await ExecuteAsync("SELECT 1", "postgres");
                    return true;
                }
                catch (NpgsqlException) when (!postgres.Process.HasExited)
                {
                    return false;
                }
            },
            Limit,
            "PostgreSQL answers");
    }

    private void StartRedis() => redis = Child.Start(
        new ProcessStartInfo("redis-server", ["--bind", "127.0.0.1", "--port", redisPort.ToString(CultureInfo.InvariantCulture), "--requirepass", Password, "--save", "", "--appendonly", "no", "--dir", folder]),
        Path.Combine(folder, "redis.log"));

    private async Task<Child> StartStandinsAsync(int port)
    {
        var command = Child.Dotnet("Certhelper.Standins");
        command.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        command.Environment["Standins__ClientId"] = "certhelper";
        command.Environment["Standins__ClientSecret"] = Password;
        var child = Child.Start(command, Path.Combine(folder, "standins.log"));
        using var client = new HttpClient();
        await Processes.UntilAsync(
            async () =>
            {
                try
                {
                    return (await client.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/health")))).StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Limit,
            "the stand-ins answer");
        return child;
    }

    private async Task ExecuteAsync(string sql, string name)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The jobs take the runs over from OMS; what there is to certify is known then.</summary>
    private async Task LearnRunsAsync()
    {
        await using var db = NewContext();
        await Processes.UntilAsync(async () => await db.Runs.CountAsync(run => run.Lumisections > 0) > 250, TimeSpan.FromMinutes(3), "runs were taken over from OMS");
        var runs = await db.Runs.Where(run => run.Lumisections > 0).OrderBy(run => run.RunNumber).Select(run => run.RunNumber).ToListAsync();
        uncertified.AddRange(from reconstruction in (Reconstruction[])[Reconstruction.Express, Reconstruction.Prompt, Reconstruction.ReReco] from run in runs select (run, reconstruction));
        Assert.True(uncertified.Count > 600, $"Only {runs.Count} runs.");
    }

    /// <summary>The first contact shows the key of the host, which an administrator approves.</summary>
    private async Task TrustAsync()
    {
        var id = await StartScriptAsync(1, 10);
        await UntilAsync(id, row => row.Trouble is not null, Limit, "the host shows its key");
        await using (var db = NewContext()) await db.HostKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.State, HostKeyState.Approved));
        await UntilAsync(id, row => row.State.HasEnded(), Limit, "it ends");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
