using System.Globalization;

var builder = DistributedApplication.CreateBuilder(args);
var developing = builder.ExecutionContext.IsRunMode;

// Stores: all that must last is in PostgreSQL; Redis may be emptied at any time.
var postgres = builder.AddPostgres("postgres").WithDataVolume(builder.Configuration["data-volume"]);
var database = postgres.AddDatabase("certhelper");
var redis = builder.AddRedis("redis");

// Outside services, one application registration for all of them: the stand-ins while developing, CERN's when deployed.
var clientId = builder.AddParameter("client-id", "certhelper", publishValueAsDefault: true);
var clientSecret = developing
    ? builder.AddParameter("client-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true)
    : builder.AddParameter("client-secret", secret: true);
var outside = developing ? StandIns() : Cern();

// Where the remote scripts are: a host of our own while developing, CERN's when deployed.
var tracker = developing ? TrackerHost() : null;

// The schema comes first; a new release migrates in the same way.
var migrate = builder.AddProject("migrate", "../Certhelper.Jobs/Certhelper.Jobs.csproj", options => options.ExcludeLaunchProfile = true)
    .WithArgs("migrate")
    .WithReference(database).WaitFor(database);
if (developing) migrate.WithEnvironment("Scripts__Practice", "true");

// Background work and its dashboard.
var jobs = WithOutsideServices(builder.AddProject("jobs", "../Certhelper.Jobs/Certhelper.Jobs.csproj"))
    .WithReference(database).WithReference(redis).WaitFor(redis)
    .WithHttpHealthCheck("/health")
    .WaitForCompletion(migrate);
WithMail(jobs);
if (developing) jobs.WithEnvironment("Oms__SyncFrom", "2018-01-01");
// Only jobs sign in there.
if (tracker is not null)
    WithScripts(jobs, tracker)
        .WithEnvironment("Scripts__Credentials__vocms066__Account", Environment.UserName)
        .WithEnvironment("Scripts__Credentials__vocms066__PrivateKeyFile", Path.Combine(tracker.Folder, "client_ed25519"));
else
    jobs
        .WithEnvironment("Scripts__Credentials__vocms066__Account", builder.AddParameter("tracker-account", "event_display", publishValueAsDefault: true))
        .WithEnvironment("Scripts__Credentials__vocms066__Password", builder.AddParameter("tracker-password", secret: true));

// The pages. Two replicas in development too, so that state kept in a process shows on day one.
var web = WithOutsideServices(builder.AddProject("web", "../Certhelper.Web/Certhelper.Web.csproj"))
    .WithReference(database).WithReference(redis).WaitFor(redis)
    .WithReference(jobs)
    .WithEnvironment("Sso__Authority", outside.Sso)
    .WithEnvironment("Sso__ClientId", clientId)
    .WithEnvironment("Sso__ClientSecret", clientSecret)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .WithReplicas(int.Parse(builder.Configuration["replicas"] ?? "2", CultureInfo.InvariantCulture))
    .WaitForCompletion(migrate);
WithMail(web);
if (tracker is not null) WithScripts(web, tracker);
if (builder.Configuration["web-port"] is { } port)
    web.WithEndpoint("http", endpoint => endpoint.Port = int.Parse(port, CultureInfo.InvariantCulture));
web.WithUrl($"{web.GetEndpoint("http")}/hangfire", "background jobs, for olga.ops");

builder.Build().Run();

OutsideServices Cern() => new(
    ReferenceExpression.Create($"{builder.AddParameter("sso-authority", "https://auth.cern.ch/auth/realms/cern", publishValueAsDefault: true)}"),
    ReferenceExpression.Create($"{builder.AddParameter("oms-url", "https://cmsoms.cern.ch/agg/api/v1", publishValueAsDefault: true)}"),
    ReferenceExpression.Create($"{builder.AddParameter("run-registry-url", "https://cmsrunregistry.web.cern.ch/api", publishValueAsDefault: true)}"),
    ReferenceExpression.Create($"{builder.AddParameter("ebutz-url", "http://ebutz.web.cern.ch/ebutz/cgi-bin/getReadOutmode.pl", publishValueAsDefault: true)}"),
    ReferenceExpression.Create($"{builder.AddParameter("mail-host", "cernmx.cern.ch", publishValueAsDefault: true)}"),
    ReferenceExpression.Create($"{builder.AddParameter("mail-port", "25", publishValueAsDefault: true)}"));

OutsideServices StandIns()
{
    var standins = builder.AddProject("standins", "../Certhelper.Standins/Certhelper.Standins.csproj")
        .WithEnvironment("Standins__ClientId", clientId)
        .WithEnvironment("Standins__ClientSecret", clientSecret)
        .WithEndpoint(name: "smtp", scheme: "tcp", env: "Standins__SmtpPort")
        .WithHttpHealthCheck("/health");
    var http = standins.GetEndpoint("http");
    standins.WithUrlForEndpoint("http", url => url.DisplayText = "signs in sara.shifter, tomas.shifter, lena.leader, eva.expert, adam.admin, olga.ops, gus.guest");
    standins.WithUrl($"{http}/control", "make an outside service slow, wrong or absent");
    standins.WithUrl($"{http}/mail", "letters that were sent; none is delivered");
    var smtp = standins.GetEndpoint("smtp");
    return new(
        ReferenceExpression.Create($"{http}/auth/realms/cern"),
        ReferenceExpression.Create($"{http}/agg/api/v1"),
        ReferenceExpression.Create($"{http}/rr/api"),
        ReferenceExpression.Create($"{http}/ebutz/cgi-bin/getReadOutmode.pl"),
        ReferenceExpression.Create($"{smtp.Property(EndpointProperty.Host)}"),
        ReferenceExpression.Create($"{smtp.Property(EndpointProperty.Port)}"));
}

ScriptsHost TrackerHost()
{
    var folder = Path.GetFullPath(Path.Combine(builder.Configuration["data-folder"] ?? Path.Combine(builder.AppHostDirectory, "..", ".certhelper"), "tracker-host"));
    var host = builder.AddProject("tracker-host", "../Certhelper.Standins/Certhelper.Standins.csproj", options => options.ExcludeLaunchProfile = true)
        .WithArgs("host")
        .WithEndpoint(name: "ssh", scheme: "tcp", env: "TrackerHost__Port")
        .WithEnvironment("TrackerHost__Folder", folder);
    if (builder.Configuration["tracker-speed"] is { } speed) host.WithEnvironment("TRACKER_HOST_SPEED", speed);
    host.WithUrlForEndpoint("ssh", url => url.DisplayText = $"plays vocms066 with OpenSSH; its /data is {Path.Combine(folder, "data")}");
    return new(host.GetEndpoint("ssh"), folder);
}

IResourceBuilder<ProjectResource> WithScripts(IResourceBuilder<ProjectResource> project, ScriptsHost host) => project
    .WithEnvironment("Scripts__Root", Path.Combine(host.Folder, "data"))
    .WithEnvironment("Scripts__Addresses__vocms066", $"{host.Ssh.Property(EndpointProperty.Host)}:{host.Ssh.Property(EndpointProperty.Port)}");

// Jobs send; the pages say whether anything can be sent.
IResourceBuilder<ProjectResource> WithMail(IResourceBuilder<ProjectResource> project) => project
    .WithEnvironment("Mail__Host", outside.MailHost)
    .WithEnvironment("Mail__Port", outside.MailPort);

IResourceBuilder<ProjectResource> WithOutsideServices(IResourceBuilder<ProjectResource> project)
{
    foreach (var (section, url) in new[] { ("Oms", outside.Oms), ("RunRegistry", outside.RunRegistry) })
        project
            .WithEnvironment($"{section}__BaseUrl", url)
            .WithEnvironment($"{section}__TokenUrl", $"{outside.Sso}/api-access/token")
            .WithEnvironment($"{section}__ClientId", clientId)
            .WithEnvironment($"{section}__ClientSecret", clientSecret);
    // The read-out mode of the strip tracker is open to everybody.
    return project.WithEnvironment("Ebutz__BaseUrl", outside.Ebutz);
}

/// <summary>Base URLs of what the product asks for facts and people, and the server that takes its letters.</summary>
internal sealed record OutsideServices(
    ReferenceExpression Sso, ReferenceExpression Oms, ReferenceExpression RunRegistry, ReferenceExpression Ebutz, ReferenceExpression MailHost, ReferenceExpression MailPort);

/// <summary>The host of the remote scripts while developing, and the folder with its keys and its <c>data</c>.</summary>
internal sealed record ScriptsHost(EndpointReference Ssh, string Folder);
