using System.Net;
using System.Security.Claims;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Migrate;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.OpenShift;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Jobs;

/// <summary>The running Jobs process: who sees its dashboard, and with a session that another process made.</summary>
public sealed class DashboardTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private WebApplicationFactory<SyncJobs> jobs = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateEmptyAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:certhelper"] = database.ConnectionString }).Build();
        Assert.Equal(0, await MigrateVerb.RunAsync(configuration, TextWriter.Null, TextWriter.Null, Token));
        jobs = new WebApplicationFactory<SyncJobs>().WithWebHostBuilder(builder =>
        {
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.UseSetting("ConnectionStrings:certhelper", database.ConnectionString);
            builder.UseSetting("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200");
            foreach (var section in new[] { "Oms", "RunRegistry" })
            {
                builder.UseSetting($"{section}:BaseUrl", "http://127.0.0.1:1/api");
                builder.UseSetting($"{section}:TokenUrl", "http://127.0.0.1:1/token");
                builder.UseSetting($"{section}:ClientId", "certhelper");
                builder.UseSetting($"{section}:ClientSecret", "secret");
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await jobs.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_signed_out_is_sent_to_the_webs_sign_in_page_and_back()
    {
        var answer = await Client(null).GetAsync("/hangfire/recurring?from=0", Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/signin?returnUrl=%2Fhangfire%2Frecurring%3Ffrom%3D0", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData(Role.Guest, HttpStatusCode.Forbidden)]
    [InlineData(Role.Shifter, HttpStatusCode.Forbidden)]
    [InlineData(Role.ShiftLeader, HttpStatusCode.Forbidden)]
    [InlineData(Role.Expert, HttpStatusCode.Forbidden)]
    [InlineData(Role.Admin, HttpStatusCode.OK)]
    [InlineData(Role.Ops, HttpStatusCode.OK)]
    public async Task Only_operations_and_administrators_see_the_dashboard(Role role, HttpStatusCode status) =>
        Assert.Equal(status, (await Client(role).GetAsync("/hangfire", Token)).StatusCode);

    [Fact]
    public async Task The_schedule_is_on_the_dashboard_and_a_command_without_the_forms_token_is_refused()
    {
        var ops = Client(Role.Ops);
        string[] expected = ["oms-sync", "registry-sync", "facts-completion", "apv-modes"];
        var page = "";
        // They are added one after the other while the process starts.
        for (var i = 0; i < 300 && !expected.All(id => page.Contains(id, StringComparison.Ordinal)); i++)
        {
            await Task.Delay(100, Token);
            page = await ops.GetStringAsync("/hangfire/recurring", Token);
        }

        Assert.All(expected, id => Assert.Contains(id, page, StringComparison.Ordinal));
        using var command = new FormUrlEncodedContent([new("jobs[]", "oms-sync")]);
        var refused = await ops.PostAsync("/hangfire/recurring/remove", command, Token);

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Contains("oms-sync", await ops.GetStringAsync("/hangfire/recurring", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_never_run_is_started_at_once_and_its_page_shows_what_it_did()
    {
        var ops = Client(Role.Ops);

        for (var i = 0; i < 200; i++)
        {
            foreach (var id in new[] { 1, 2, 3 })
            {
                var page = await ops.GetAsync($"/hangfire/jobs/details/{id}", Token);
                var text = await page.Content.ReadAsStringAsync(Token);
                if (text.Contains("<h3>Progress</h3>", StringComparison.Ordinal)
                    && text.Contains("0 of 0 incomplete certifications completed.", StringComparison.Ordinal)) return;
            }

            await Task.Delay(100, Token);
        }

        Assert.Fail("No job's page shows that the completion of facts ran.");
    }

    [Fact]
    public async Task Health_names_checks_and_nothing_else()
    {
        var answer = await Client(null).GetAsync("/health", Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.All(["database", "redis", "schema", "workers"], check => Assert.Contains($"\"{check}\"", text, StringComparison.Ordinal));
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Client(null).GetAsync("/alive", Token)).StatusCode);
    }

    [Fact]
    public async Task Without_Redis_readiness_is_told_before_the_probe_loses_patience()
    {
        var probe = Deployments.Container(Deployments.Rendered("dev"), "jobs")["readinessProbe"]!;
        var patience = TimeSpan.FromSeconds((int)probe["timeoutSeconds"]!);

        var report = await jobs.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "redis", Token);

        // Nothing listens there; a replica that is taken out for that would take the site with it.
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.InRange(report.Entries["redis"].Duration, TimeSpan.Zero, patience);
        Assert.All(
            jobs.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Where(check => check.FailureStatus == HealthStatus.Degraded),
            check => Assert.InRange(check.Timeout, TimeSpan.FromMilliseconds(1), patience / 2));
    }

    [Fact]
    public void Every_endpoint_declares_who_may_use_it() => Assert.All(
        jobs.Services.GetRequiredService<EndpointDataSource>().Endpoints,
        endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => Enum.TryParse<Permission>(data.Policy, out _)),
            endpoint.DisplayName));

    private HttpClient Client(Role? role)
    {
        var client = jobs.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (role is { } known) client.DefaultRequestHeaders.Add("Cookie", $"{Session.CookieName}={SessionOf(known)}");
        return client;
    }

    /// <summary>A session as another process writes it: same keys from the database, same names.</summary>
    private string SessionOf(Role role)
    {
        using var other = OtherProcess();
        using var db = database.NewContext();
        var user = new User { Login = Guid.NewGuid().ToString("N"), Name = "Olga", Roles = [Role.Guest, role] };
        db.Users.Add(user);
        db.SaveChanges();
        var protector = other.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", Session.Scheme, "v2");
        var person = new ClaimsIdentity(
            [
                // What the cookie says of roles does not count.
                new(Session.UserIdClaim, $"{user.Id}"), new(Session.LoginClaim, user.Login), new(Session.NameClaim, user.Name), new(Session.RoleClaim, nameof(Role.Admin)),
            ],
            Session.Scheme);
        return new TicketDataFormat(protector).Protect(new AuthenticationTicket(new ClaimsPrincipal(person), Session.Scheme));
    }

    private ServiceProvider OtherProcess()
    {
        var services = new ServiceCollection().AddLogging().AddDbContext<CerthelperDbContext>(options =>
        {
            options.UseNpgsql(database.ConnectionString);
            StorageSetup.Configure(options);
        });
        services.AddSharedKeys(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        return services.BuildServiceProvider();
    }
}
