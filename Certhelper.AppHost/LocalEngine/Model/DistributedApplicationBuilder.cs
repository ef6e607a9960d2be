using System.Collections.ObjectModel;
using System.Reflection;
using Certhelper.AppHost.LocalEngine;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Collects the model.</summary>
public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    IResourceCollection Resources { get; }

    string AppHostDirectory { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}

public interface IResourceCollection : IList<IResource>;

/// <summary>A resource while the model is made.</summary>
public interface IResourceBuilder<out T>
    where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }
}

public enum DistributedApplicationOperation
{
    Run,
    Publish,
}

/// <summary>Whether the model is run or published.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;
}

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>Where relative project paths start; the folder of the app host's project by default.</summary>
    public string? ProjectDirectory { get; set; }

    public string? ProjectName { get; set; }
}

/// <summary>A model that cannot run; the message is one line for people.</summary>
public class DistributedApplicationException(string message) : Exception(message);

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private const string PublisherKey = "Publishing:Publisher";
    private const string OutputPathKey = "Publishing:OutputPath";

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var assembly = typeof(DistributedApplication).Assembly;
        AppHostDirectory = options.ProjectDirectory
            ?? assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "apphostprojectpath").Value!;
        ProjectName = options.ProjectName ?? assembly.GetName().Name!;
        Configuration.AddUserSecrets(assembly, optional: true);
        Configuration.AddEnvironmentVariables();
        Configuration.AddCommandLine(
            options.Args ?? [],
            new Dictionary<string, string> { ["--publisher"] = PublisherKey, ["--output-path"] = OutputPathKey });

        var publisher = Configuration[PublisherKey];
        if (publisher is not null and not "manifest")
            throw new DistributedApplicationException($"There is no publisher named {publisher}; the local engine has: manifest.");
        ExecutionContext = new(publisher is null ? DistributedApplicationOperation.Run : DistributedApplicationOperation.Publish);
        Data = new DataFolder(Configuration["data-folder"] ?? Path.Combine(AppHostDirectory, "..", ".certhelper"));
    }

    public ConfigurationManager Configuration { get; } = new();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public string AppHostDirectory { get; }

    internal string ProjectName { get; }

    internal DataFolder Data { get; }

    internal string ManifestPath => Path.GetFullPath(
        Configuration[OutputPathKey] ?? throw new DistributedApplicationException("Say where the manifest goes: --output-path FILE."));

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"Two resources are named {resource.Name}.");
        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build() => Testing.EntryPoint.Current?.Intercept(this) ?? new DistributedApplication(this, Console.Out);

    private sealed class ResourceCollection : Collection<IResource>, IResourceCollection;

    private sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
        where T : IResource;
}
