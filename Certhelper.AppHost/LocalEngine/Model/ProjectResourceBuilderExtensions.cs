using Certhelper.AppHost.LocalEngine;

namespace Aspire.Hosting;

/// <summary>Projects and other programs.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        builder.AddProject(name, projectPath, options =>
        {
            options.ExcludeLaunchProfile = launchProfileName is null;
            options.LaunchProfileName = launchProfileName;
        });

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var path = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, projectPath));
        var project = new ProjectResource(name)
        {
            ProjectPath = path,
            LaunchProfile = options.ExcludeLaunchProfile ? null : LaunchProfile.Read(path, options.LaunchProfileName),
        };
        return builder.AddResource(project).WithProjectDefaults();
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        if (replicas < 1) throw new DistributedApplicationException($"{builder.Resource.Name} cannot have {replicas} replicas; the least is 1.");
        builder.Resource.Replicas = replicas;
        return builder;
    }

    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args) =>
        builder.AddResource(new ExecutableResource(name, command, Path.GetFullPath(Path.Combine(builder.AppHostDirectory, workingDirectory))))
            .WithArgs(args ?? []);

    private static IResourceBuilder<ProjectResource> WithProjectDefaults(this IResourceBuilder<ProjectResource> builder)
    {
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        var project = builder.Resource;
        var profile = project.LaunchProfile;
        if (builder.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            foreach (var url in profile?.Urls ?? [])
                project.Endpoints.Add(new EndpointAnnotation(url.Scheme, url.Scheme, "http", url.Port) { PortIsPreference = true });
            return builder.WithEnvironment(context =>
            {
                foreach (var (name, value) in profile?.EnvironmentVariables ?? [])
                    context.EnvironmentVariables.TryAdd(name, value);
            });
        }

        if (profile is not { Urls.Count: > 0 }) return builder;
        // Ports of launch profiles are for this machine only; deployed, each project has both schemes on ports of the deployer's choice.
        project.Endpoints.AddRange([new EndpointAnnotation("http", "http", "http"), new EndpointAnnotation("https", "https", "http")]);
        return builder.WithEnvironment("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")
            .WithEnvironment("HTTP_PORTS", new EndpointReference(project, "http").Property(EndpointProperty.TargetPort));
    }
}
