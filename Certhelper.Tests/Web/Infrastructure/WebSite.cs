using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;
using Certhelper.Web.Shell;
using Certhelper.Web.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>
/// The web application in this process, as in production, on a database of its own. Signing in writes the cookie that
/// the application itself would write: there is no other way in, here or there.
/// </summary>
public sealed class WebSite : IAsyncLifetime
{
    private readonly bool ownsDatabase;
    private Factory factory = null!;

    /// <summary>For class fixtures: with a database of its own.</summary>
    public WebSite() => ownsDatabase = true;

    private WebSite(TestDatabase database) => Database = database;

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>Settings of this site alone.</summary>
    internal Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>The calendar of this site; null for the real one.</summary>
    internal TimeProvider? Clock { get; init; }

    /// <summary>Whether it listens on a port of 127.0.0.1 instead of in memory.</summary>
    internal bool Listens { get; init; }

    internal OutsideWorld Outside { get; } = new();

    internal CommandCounter Commands { get; } = new();

    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => factory.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    internal Samples Given => new(Database);

    /// <summary>Another replica on the same database.</summary>
    public static Task<WebSite> ReplicaOfAsync(WebSite other) => ReplicaOfAsync(other, []);

    /// <summary>Another replica on the same database, with settings of its own.</summary>
    internal static async Task<WebSite> ReplicaOfAsync(WebSite other, Dictionary<string, string> settings)
    {
        var site = new WebSite(other.Database) { Settings = settings };
        await site.InitializeAsync();
        return site;
    }

    public async ValueTask InitializeAsync()
    {
        if (ownsDatabase) Database = await TestDatabase.CreateAsync();
        factory = new Factory(this);
        if (!Listens) return;
        factory.UseKestrel(0);
        factory.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        if (ownsDatabase) await Database.DisposeAsync();
    }

    public Visitor SignedOut() => new(this);

    /// <summary>A person with these roles, new each time.</summary>
    public async Task<Visitor> SignedInAsAsync(params Role[] roles)
    {
        var number = Guid.NewGuid().ToString("N")[..8];
        return SignedIn(await Given.PersonAsync("person." + number, "Person " + number, roles));
    }

    public Visitor SignedIn(User user)
    {
        var options = factory.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Session.Scheme);
        var now = (Clock ?? TimeProvider.System).GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(12) };
        SessionLife.Begin(properties, now, "sso-" + user.Login, user.Login);
        RoleRecheck.Asked(properties, now);
        var ticket = new AuthenticationTicket(new(SessionIdentity.Of(user)), properties, Session.Scheme);
        var visitor = new Visitor(this) { User = user };
        visitor.Cookies.Add(new System.Net.Cookie(Session.CookieName, Uri.EscapeDataString(options.TicketDataFormat.Protect(ticket)), "/", "localhost"));
        return visitor;
    }

    internal string? SessionCookieName => factory.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Session.Scheme).Cookie.Name;

    /// <summary>Where it listens, if it does.</summary>
    internal Uri Address => factory.ClientOptions.BaseAddress;

    /// <summary>For web sockets.</summary>
    internal TestServer Server => factory.Server;

    internal HttpClient Client(System.Net.CookieContainer cookies) => factory.CreateDefaultClient(new CookieContainerHandler(cookies));

    internal T Service<T>()
        where T : notnull => factory.Services.GetRequiredService<T>();

    /// <summary>What the application is configured with; for one that is a process of its own, too.</summary>
    internal IEnumerable<(string Key, string Value)> Configuration() => Standard().Concat(Settings.Select(pair => (pair.Key, pair.Value)));

    private IEnumerable<(string Key, string Value)> Standard()
    {
        yield return ("ConnectionStrings:certhelper", Database.ConnectionString);
        yield return ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=100,connectRetry=0");
        yield return ("Sso:Authority", "http://127.0.0.1:1/auth/realms/cern");
        yield return ("Sso:ClientId", "certhelper");
        yield return ("Sso:ClientSecret", "secret");
        yield return ("services:jobs:http:0", "http://127.0.0.1:1");
        yield return ("Ebutz:BaseUrl", "http://outside.test/ebutz");
        yield return ("Ebutz:RetryDelay", "00:00:00.001");
        yield return ("Ebutz:BreakDuration", "00:00:00.500");
        foreach (var source in new[] { "Oms", "RunRegistry" })
        {
            yield return (source + ":BaseUrl", "https://outside.test/" + source.ToLower(CultureInfo.InvariantCulture));
            yield return (source + ":TokenUrl", "https://outside.test/token");
            yield return (source + ":ClientId", "certhelper");
            yield return (source + ":ClientSecret", "secret");
            yield return (source + ":Retries", "1");
            yield return (source + ":RetryDelay", "00:00:00.001");
            // One service for many tests: a breaker that one test opened must not answer another.
            yield return (source + ":BreakDuration", "00:00:00.500");
        }
    }

    private sealed class Factory(WebSite site) : WebApplicationFactory<InstanceOptions>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in site.Configuration()) builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services =>
            {
                if (site.Clock is { } clock) services.AddSingleton(clock);
                services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new OutsideWorld.Filter(site.Outside));
                services.ConfigureDbContext<CerthelperDbContext>(options => options.AddInterceptors(site.Commands));
            });
        }
    }
}
