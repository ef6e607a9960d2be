using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Certhelper.AppHost.LocalEngine;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.AppHost;

/// <summary>What a process gets from the engine: the same variables as from Aspire.</summary>
public sealed class EnvironmentTests : IAsyncDisposable
{
    private readonly TinyModel model = new("--Parameters:postgres-password=p@ss/word", "--Parameters:redis-password=secret");

    public ValueTask DisposeAsync() => model.DisposeAsync();

    [Fact]
    public async Task References_become_connection_strings_parts_and_addresses()
    {
        var postgres = model.Builder.AddPostgres("postgres");
        var database = postgres.AddDatabase("certhelper");
        var redis = model.Builder.AddRedis("redis");
        var jobs = model.Builder.AddProject("jobs", Project("Jobs"));
        var web = model.Builder.AddProject("web", Project("Web")).WithReference(database).WithReference(redis).WithReference(jobs)
            .WithEnvironment("Sso__Authority", $"{jobs.GetEndpoint("http")}/realm");
        postgres.Resource.Endpoints[0].AllocatedPort = 20001;
        redis.Resource.Endpoints[0].AllocatedPort = 20002;
        jobs.Resource.Endpoints[0].AllocatedPort = 20003;

        var environment = await EnvironmentOfAsync(web.Resource, 20004);

        Assert.Equal("Host=127.0.0.1;Port=20001;Username=postgres;Password=p@ss/word;Database=certhelper", environment["ConnectionStrings__certhelper"]);
        Assert.Equal("postgresql://postgres:p%40ss%2Fword@127.0.0.1:20001/certhelper", environment["CERTHELPER_URI"]);
        Assert.Equal("certhelper", environment["CERTHELPER_DATABASENAME"]);
        Assert.Equal("127.0.0.1:20002,password=secret", environment["ConnectionStrings__redis"]);
        Assert.Equal("redis://:secret@127.0.0.1:20002", environment["REDIS_URI"]);
        Assert.Equal("http://localhost:20003", environment["services__jobs__http__0"]);
        Assert.Equal("http://localhost:20003/realm", environment["Sso__Authority"]);
    }

    [Fact]
    public async Task Single_process_listens_where_people_type_and_a_replica_behind_the_proxy()
    {
        var alone = model.Builder.AddProject("alone", Project("Web"));
        var replicated = model.Builder.AddProject("replicated", Project("Web")).WithReplicas(2);

        var one = await EnvironmentOfAsync(alone.Resource, 20005);
        var many = await EnvironmentOfAsync(replicated.Resource, 20006);

        Assert.Equal("http://localhost:20005", one["ASPNETCORE_URLS"]);
        Assert.Equal("Development", one["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("alone", one["OTEL_SERVICE_NAME"]);
        Assert.Equal("http://127.0.0.1:20006", many["ASPNETCORE_URLS"]);
        Assert.Equal("true", many["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
    }

    [Fact]
    public async Task Endpoint_that_is_not_for_browsers_is_told_by_number_to_its_owner_and_to_others()
    {
        var host = model.Builder.AddProject("host", Project("Standins"), options => options.ExcludeLaunchProfile = true)
            .WithEndpoint(name: "ssh", scheme: "tcp", env: "Host__Port");
        var ssh = host.GetEndpoint("ssh");
        var jobs = model.Builder.AddProject("jobs", Project("Jobs"))
            .WithEnvironment("Address", $"{ssh.Property(EndpointProperty.Host)}:{ssh.Property(EndpointProperty.Port)}");
        host.Resource.Endpoints[0].AllocatedPort = 20007;

        var own = (await new ProgramPlans(model.Builder).For(host.Resource, "host", new Dictionary<string, int> { ["ssh"] = 20007 }).Command(TestContext.Current.CancellationToken)).Environment;
        var other = await EnvironmentOfAsync(jobs.Resource, 20008);

        Assert.Equal("20007", own["Host__Port"]);
        Assert.Equal("http://127.0.0.1:0", own["ASPNETCORE_URLS"]);
        Assert.Equal("127.0.0.1:20007", other["Address"]);
        Assert.Throws<DistributedApplicationException>(() => host.WithEndpoint(name: "ssh"));
    }

    [Fact]
    public async Task Project_without_launch_profile_has_no_address_and_no_development_settings()
    {
        var migrate = model.Builder.AddProject("migrate", Project("Jobs"), options => options.ExcludeLaunchProfile = true).WithArgs("migrate");

        var command = await new ProgramPlans(model.Builder).For(migrate.Resource, "migrate", new Dictionary<string, int>()).Command(TestContext.Current.CancellationToken);

        Assert.Equal("migrate", command.ArgumentList[^1]);
        Assert.Equal(Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"), command.Environment.TryGetValue("ASPNETCORE_ENVIRONMENT", out var name) ? name : null);
        Assert.Empty(migrate.Resource.Endpoints);
    }

    [Fact]
    public async Task Connection_string_that_a_developer_chose_goes_to_the_processes()
    {
        await using var chosen = new TinyModel("--ConnectionStrings:certhelper=Host=elsewhere;Database=mine");
        var database = chosen.Builder.AddPostgres("postgres").AddDatabase("certhelper");

        Assert.Equal("Host=elsewhere;Database=mine", await database.Resource.GetConnectionStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<IDictionary<string, string?>> EnvironmentOfAsync(ProjectResource project, int port)
    {
        var plan = new ProgramPlans(model.Builder).For(project, project.Name, new Dictionary<string, int> { ["http"] = port });
        return (await plan.Command(TestContext.Current.CancellationToken)).Environment;
    }

    private static string Project(string name) => Path.Combine(SharedData.Repository(), $"Certhelper.{name}", $"Certhelper.{name}.csproj");
}
