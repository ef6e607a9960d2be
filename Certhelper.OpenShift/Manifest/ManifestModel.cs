namespace Certhelper.OpenShift.Manifest;

/// <summary>What an application model published: its resources in the order in which they were written.</summary>
internal sealed record ApplicationManifest(IReadOnlyDictionary<string, ManifestResource> Resources)
{
    public IEnumerable<T> All<T>()
        where T : ManifestResource => Resources.Values.OfType<T>();
}

/// <param name="Name">Unique in the manifest, and the host name of what serves it.</param>
internal abstract record ManifestResource(string Name);

/// <summary><c>parameter.v0</c>: a value that somebody gives.</summary>
/// <param name="Generate">How to make one that nobody needs to know.</param>
internal sealed record ParameterResource(string Name, string Input, bool Secret, string? Default, GeneratedSecret? Generate) : ManifestResource(Name);

/// <summary>A secret made of letters and digits, and of other signs where <paramref name="Special"/> allows.</summary>
internal sealed record GeneratedSecret(int MinLength, bool Special);

/// <summary><c>value.v0</c>: named templates.</summary>
internal sealed record ValueResource(string Name, IReadOnlyDictionary<string, string> Properties) : ManifestResource(Name);

/// <summary><c>annotated.string</c>: a template that goes through a filter.</summary>
internal sealed record AnnotatedString(string Name, string Value, string Filter) : ManifestResource(Name);

/// <summary>Something that runs: it has an environment and may serve bindings.</summary>
internal abstract record RunningResource(string Name, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, Binding> Bindings)
    : ManifestResource(Name);

/// <summary><c>project.v0</c>: one of our own programs.</summary>
internal sealed record ProjectResource(
    string Name, string Path, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, Binding> Bindings)
    : RunningResource(Name, Environment, Arguments, Bindings);

/// <summary><c>container.v0</c>: an image of somebody else.</summary>
internal sealed record ContainerResource(
    string Name,
    string Image,
    string? EntryPoint,
    string? ConnectionString,
    IReadOnlyList<Mount> Volumes,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, Binding> Bindings)
    : RunningResource(Name, Environment, Arguments, Bindings);

/// <param name="External">Whether people outside the cluster reach it.</param>
internal sealed record Binding(string Scheme, string Protocol, int? TargetPort, int? Port, bool External);

internal sealed record Mount(string Name, string Target, bool ReadOnly);
