using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Testing;

/// <summary>The model of an app host in a test: free ports only, so that it runs beside a developer's own stack.</summary>
public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        // Processes write beside the data, where a failed test can be read up.
        var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
        var output = arguments["log-file"] is { } path ? TextWriter.Synchronized(new StreamWriter(path, append: true) { AutoFlush = true }) : TextWriter.Null;
        var application = await EntryPoint.RunAsync(typeof(TEntryPoint).Assembly, ["--DcpPublisher:RandomizePorts=true", .. args], output, cancellationToken);
        return new TestingBuilder(application);
    }

    private sealed class TestingBuilder(DistributedApplication application) : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => application.Model.Configuration;

        public DistributedApplicationExecutionContext ExecutionContext => application.Model.ExecutionContext;

        public IResourceCollection Resources => application.Model.Resources;

        public string AppHostDirectory => application.Model.AppHostDirectory;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource => application.Model.AddResource(resource);

        public DistributedApplication Build() => application;

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(application);

        public ValueTask DisposeAsync() => application.DisposeAsync();

        public void Dispose() => application.Dispose();
    }
}

public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a test asks the running stack.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var resource = Find<Resource>(app, resourceName);
        var name = endpointName ?? resource.Endpoints.Find(endpoint => endpoint.IsHttp)?.Name ?? resource.Endpoints[0].Name;
        return new Uri(new EndpointReference((IResourceWithEndpoints)resource, name).Url);
    }

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Find<IResourceWithConnectionString>(app, resourceName).GetConnectionStringAsync(cancellationToken);

    private static T Find<T>(DistributedApplication app, string name)
        where T : class => app.Model.Resources.FirstOrDefault(resource => resource.Name == name) as T
            ?? throw new ArgumentException($"There is no such resource named {name}.", nameof(name));
}
