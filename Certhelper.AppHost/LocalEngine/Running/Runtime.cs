using System.Diagnostics;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Where built projects are and how they are started.</summary>
internal static class Runtime
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : "dotnet";

    /// <summary>The app host itself, for parts of the engine that are processes of their own.</summary>
    public static string Self => typeof(DistributedApplication).Assembly.Location;

    /// <summary>
    /// The built assembly of a project: beside our own in the artifacts folder, in the same configuration. Nothing is
    /// built here, so that a start is fast; <c>./certhelper up</c> has built before.
    /// </summary>
    public static string AssemblyOf(string projectPath)
    {
        var name = Path.GetFileNameWithoutExtension(projectPath);
        var own = new DirectoryInfo(Path.GetDirectoryName(Self)!);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, name + ".dll");
        return File.Exists(assembly)
            ? assembly
            : throw new DistributedApplicationException($"{name} is not built: {assembly} is missing (./certhelper up builds it).");
    }

    public static ProcessStartInfo Command(string assembly, IEnumerable<string> arguments) => new(Dotnet, [assembly, .. arguments]);
}
