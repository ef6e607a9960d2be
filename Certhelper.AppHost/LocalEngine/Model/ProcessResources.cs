using Certhelper.AppHost.LocalEngine;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project of this repository.</summary>
public class ProjectResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    internal string ProjectPath { get; set; } = "";

    internal LaunchProfile? LaunchProfile { get; set; }
}

/// <summary>How <c>AddProject</c> reads the project.</summary>
public class ProjectResourceOptions
{
    public string? LaunchProfileName { get; set; }

    public bool ExcludeLaunchProfile { get; set; }
}

/// <summary>Any other program.</summary>
public class ExecutableResource(string name, string command, string workingDirectory) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string Command { get; } = command;

    public string WorkingDirectory { get; } = workingDirectory;
}

/// <summary>A server that the manifest describes as an image; the local engine has a process in its place.</summary>
public abstract class ContainerResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal string Image { get; init; } = "";

    internal string? Entrypoint { get; init; }

    internal Volume? Volume { get; set; }
}

/// <param name="Folder">Where the local engine keeps it in its data folder.</param>
internal sealed record Volume(string Name, string Folder, string Target, bool IsReadOnly);

/// <summary>A service that somebody else runs.</summary>
public sealed class ExternalServiceResource : Resource
{
    internal ExternalServiceResource(string name, Uri uri)
        : base(name) => Uri = uri;

    internal ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name) => UrlParameter = urlParameter;

    public Uri? Uri { get; }

    public ParameterResource? UrlParameter { get; }
}
