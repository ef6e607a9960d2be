using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Scripts;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Standins;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using Role = Certhelper.Core.People.Role;

namespace Certhelper.Tests.Scripts;

/// <summary>A database, workers in this process, and a host with a real sshd. Nothing listens where Redis would be.</summary>
public sealed class ScriptHouse : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly IHost host;

    private ScriptHouse(TestDatabase database, IHost host) => (this.database, this.host) = (database, host);

    public IServiceProvider Services => host.Services;

    public string ConnectionString => database.ConnectionString;

    /// <param name="server">Where the scripts are; null when the settings say it.</param>
    /// <param name="settings">Further configuration.</param>
    public static async Task<ScriptHouse> CreateAsync(TrackerHostServer? server, params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (server is not null)
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Scripts:Root"] = server.Data,
                ["Scripts:Addresses:vocms066"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}"),
                ["Scripts:Credentials:vocms066:Account"] = Environment.UserName,
                ["Scripts:Credentials:vocms066:PrivateKeyFile"] = server.ClientKey,
                ["Scripts:Credentials:vocms066:Hosts"] = "vocms066, nobody.invalid",
            });
        }

        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDbContext<CerthelperDbContext>(options =>
        {
            options.UseNpgsql(StorageSetup.Bounded(database.ConnectionString), npgsql => npgsql.EnableRetryOnFailure());
            StorageSetup.Configure(options);
        });
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect("127.0.0.1:1,abortConnect=false,connectTimeout=100"));
        builder.AddScripts();
        builder.Services.AddSingleton<ExecutionBook>();
        builder.Services.AddSingleton<OutputCollector>();
        builder.Services.AddSingleton<ExecutionRunner>();
        return new ScriptHouse(database, builder.Build());
    }

    public async Task<Actor> PersonAsync(string login, params Role[] roles)
    {
        await using var db = Db();
        var user = new User { Login = login, Name = login + " the person" };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return new Actor(user.Id, login, user.Name, [Role.Guest, .. roles]);
    }

    /// <summary>Approves whatever key the host has shown.</summary>
    public async Task ApproveAsync()
    {
        await using var db = Db();
        await db.HostKeys.Where(key => key.State == HostKeyState.Pending).ExecuteUpdateAsync(set => set.SetProperty(key => key.State, HostKeyState.Approved));
    }

    /// <summary>Lets the host show its key, and approves it.</summary>
    public async Task TrustAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        try
        {
            using var session = await scope.ServiceProvider.GetRequiredService<HostDoor>().OpenAsync(
                new ScriptDefinition { Host = "vocms066", Credential = "vocms066", Authentication = ScriptAuthentication.PrivateKey }, CancellationToken.None);
        }
        catch (HostTroubleException trouble) when (trouble.Trouble == HostTrouble.KeyPending)
        {
            await ApproveAsync();
        }
    }

    public async Task<long> StartAsync(Actor actor, string key, params (string Name, string Value)[] values)
    {
        await using var scope = Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<ExecutionDesk>().StartAsync(key, values.ToDictionary(value => value.Name, value => (string?)value.Value), null, actor, CancellationToken.None);
        return Assert.IsType<StartResult.Started>(result).Id;
    }

    public async Task<StopResult> StopAsync(Actor actor, long id)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ExecutionDesk>().StopAsync(id, actor, CancellationToken.None);
    }

    /// <summary>Changes a script for this test, without asking anybody.</summary>
    public async Task DefineAsync(string key, Func<ScriptDefinition, ScriptDefinition> change)
    {
        await using var db = Db();
        var last = await db.ScriptVersions.AsNoTracking().Where(version => version.Script!.Key == key).OrderByDescending(version => version.Number).FirstAsync();
        db.ScriptVersions.Add(new ScriptVersion { ScriptId = last.ScriptId, Number = last.Number + 1, Definition = change(last.Definition), CreatedAt = last.CreatedAt });
        await db.SaveChangesAsync();
    }

    /// <summary>A worker of this process; several may run at the same time, as in several processes.</summary>
    public Task WorkAsync(long id, CancellationToken shutdown = default) => Services.GetRequiredService<ExecutionRunner>().RunAsync(id, shutdown);

    public async Task<Execution> ExecutionAsync(long id)
    {
        await using var db = Db();
        return await db.Executions.AsNoTracking().Include(row => row.Events.OrderBy(item => item.Id)).Include(row => row.Files).SingleAsync(row => row.Id == id);
    }

    public async Task<List<ExecutionLine>> LinesAsync(long id)
    {
        await using var db = Db();
        return await db.ExecutionLines.AsNoTracking().Where(line => line.ExecutionId == id).OrderBy(line => line.Number).ToListAsync();
    }

    /// <summary>What was printed, put together again.</summary>
    public async Task<string> OutputAsync(long id) => string.Concat((await LinesAsync(id)).Select(line => line.Ends ? line.Text + "\n" : line.Text));

    public async Task UntilAsync(long id, Func<Execution, bool> holds, int seconds = 40)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!holds(await ExecutionAsync(id)))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"Execution {id} did not come so far: {(await ExecutionAsync(id)).State}, {(await ExecutionAsync(id)).Trouble}");
            await Task.Delay(50);
        }
    }

    public CerthelperDbContext Db() => database.NewContext();

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
        await database.DisposeAsync();
    }
}
