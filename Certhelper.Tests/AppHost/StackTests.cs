using System.Globalization;
using System.Net;
using Certhelper.Tests.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.AppHost;

/// <summary>The whole stack boots through the app host.</summary>
[Trait("kind", "stack")]
public sealed class StackTests(StackFixture fixture)
{
    [Theory]
    [InlineData("web")]
    [InlineData("jobs")]
    [InlineData("standins")]
    public async Task Every_process_says_that_it_is_healthy(string resource)
    {
        var stack = await fixture.StartedAsync();
        using var client = stack.CreateClient(resource);

        using var health = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        using var alive = await client.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
    }

    [Fact]
    public async Task Host_of_the_remote_scripts_lets_the_stack_in_by_its_key()
    {
        var stack = await fixture.StartedAsync();
        var folder = Path.Combine(stack.DataFolder, "tracker-host");

        var answer = await Standins.TrackerHostServer.RunAsync(
            "ssh", "-i", Path.Combine(folder, "client_ed25519"), "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes",
            "-p", stack.TrackerHost.Port.ToString(CultureInfo.InvariantCulture), $"{Environment.UserName}@{stack.TrackerHost.Host}", $"cat '{folder}/host.env'");

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains(":-0.05}", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_was_made_before_anybody_used_it()
    {
        var stack = await fixture.StartedAsync();
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await using var count = new NpgsqlCommand("""SELECT count(*) FROM "__EFMigrationsHistory" """, connection);

        Assert.True((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))! > 0);
    }

    [Fact]
    public async Task Web_sends_people_to_the_stand_in_of_the_sso()
    {
        var stack = await fixture.StartedAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = stack.Web };

        var target = new Uri(stack.Web, "/signin");
        for (var hop = 0; hop < 5 && target.Port == stack.Web.Port; hop++)
        {
            using var response = await client.GetAsync(target, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            target = new Uri(target, response.Headers.Location!);
        }

        Assert.StartsWith(new Uri(stack.Standins, "/auth/realms/cern/").AbsoluteUri, target.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_asks_for_the_generated_password()
    {
        var stack = await fixture.StartedAsync();
        var wrong = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync()) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var failure = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, failure.SqlState);
    }
}
