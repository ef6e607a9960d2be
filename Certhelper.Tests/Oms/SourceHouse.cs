using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Certhelper.Tests.Oms;

/// <summary>The desks and clients as a process registers them, on a database of the test's own and a stub of the outside services.</summary>
internal sealed class SourceHouse : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly List<AsyncServiceScope> scopes = [];

    private SourceHouse(TestDatabase database, StubSource source, TestClock time, Dictionary<string, string?> settings)
    {
        Database = database;
        Source = source;
        Time = time;
        settings = new Dictionary<string, string?>
        {
            ["Oms:BaseUrl"] = source.Url + "/agg/api/v1",
            ["Oms:TokenUrl"] = source.Url + "/token",
            ["Oms:ClientId"] = "certhelper",
            ["Oms:ClientSecret"] = "secret",
            ["Oms:RetryDelay"] = "00:00:00.001",
            ["Oms:SyncFrom"] = "2018-01-01",
            ["RunRegistry:BaseUrl"] = source.Url + "/rr/api",
            ["RunRegistry:TokenUrl"] = source.Url + "/token",
            ["RunRegistry:ClientId"] = "certhelper",
            ["RunRegistry:ClientSecret"] = "secret",
            ["RunRegistry:RetryDelay"] = "00:00:00.001",
            ["Ebutz:BaseUrl"] = source.Url + "/ebutz",
            ["Ebutz:RetryDelay"] = "00:00:00.001",
        }.Concat(settings).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<TimeProvider>(time)
            .AddDbContext<CerthelperDbContext>(options =>
            {
                options.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
                StorageSetup.Configure(options);
            })
            .AddOutsideServices()
            .AddScoped<SyncMarks>()
            .AddScoped<OmsSync>()
            .AddScoped<RegistrySync>()
            .AddScoped<FactsCompletion>()
            .AddScoped<ApvModesPass>()
            .AddScoped<CertifiedDatasets>()
            .AddScoped<FactsRecheck>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public TestDatabase Database { get; }

    public StubSource Source { get; }

    public TestClock Time { get; }

    public static Task<SourceHouse> CreateAsync() => CreateAsync([]);

    public static async Task<SourceHouse> CreateAsync(Dictionary<string, string?> settings) => new(
        await TestDatabase.CreateAsync(),
        await StubSource.StartAsync(),
        new TestClock(new DateTimeOffset(2024, 6, 3, 12, 0, 0, TimeSpan.Zero)),
        settings);

    /// <summary>A service in a scope of its own, as a request has one.</summary>
    public T Get<T>()
        where T : notnull
    {
        var scope = services.CreateAsyncScope();
        scopes.Add(scope);
        return scope.ServiceProvider.GetRequiredService<T>();
    }

    /// <summary>As <see cref="Get{T}"/>, for what makes its own scopes.</summary>
    public IServiceScopeFactory Scopes => services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>A person who has signed in.</summary>
    public async Task<Actor> PersonAsync(string login, params string[] tokenRoles)
    {
        var user = await Get<PeopleDesk>().SignedInAsync(
            new SignInClaims(login, $"Person {login}", $"{login}@example.org", null, tokenRoles), TestContext.Current.CancellationToken);
        return new Actor(user.Id, user.Login, user.Name, user.Roles);
    }

    /// <summary>A complete, good input for the certify form, with a dataset that fits the reconstruction.</summary>
    public CertificationInput GoodInput(Reconstruction of = Reconstruction.Express) => new()
    {
        DatasetName = of switch
        {
            Reconstruction.Prompt => "/PromptReco/Collisions2018D/DQM",
            Reconstruction.ReReco => "/ReReco/Run2018A_17Sept2018/DQM",
            Reconstruction.ReRecoUl => "/ReReco/Run2018A_UL2018/DQM",
            _ => "/Express/Collisions2018/DQM",
        },
        Pixel = ComponentVerdict.Good,
        Strip = ComponentVerdict.Good,
        Tracking = ComponentVerdict.Good,
        TrackerMap = TrackerMapState.Exists,
        Date = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime),
        Comment = "Nothing to remark",
        Answers = GoodAnswers.All(),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in scopes) await scope.DisposeAsync();
        await services.DisposeAsync();
        await Source.DisposeAsync();
        await Database.DisposeAsync();
    }
}
