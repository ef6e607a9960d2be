namespace Certhelper.OpenShift.Kinds;

/// <summary>Kustomize's <c>Kustomization</c> and <c>Component</c>, the part that is used here.</summary>
internal sealed record Kustomization
{
    public string ApiVersion { get; set; } = "kustomize.config.k8s.io/v1beta1";

    public string Kind { get; set; } = "Kustomization";

    public string? Namespace { get; set; }

    public IList<string>? Resources { get; set; }

    public IList<string>? Components { get; set; }

    public IList<KustomizePatch>? Patches { get; set; }

    public IList<KustomizeImage>? Images { get; set; }

    public static Kustomization Component() => new() { ApiVersion = "kustomize.config.k8s.io/v1alpha1", Kind = "Component" };
}

internal sealed record KustomizePatch
{
    public string Path { get; set; } = "";
}

internal sealed record KustomizeImage
{
    public string Name { get; set; } = "";

    public string? NewName { get; set; }

    public string? NewTag { get; set; }
}
