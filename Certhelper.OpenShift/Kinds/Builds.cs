using k8s;
using k8s.Models;

namespace Certhelper.OpenShift.Kinds;

/// <summary>OpenShift's <c>image.openshift.io/v1</c>: a name for images inside the project.</summary>
internal sealed record ImageStream : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "image.openshift.io/v1";

    public string Kind { get; set; } = "ImageStream";

    public V1ObjectMeta Metadata { get; set; } = new();

    public ImageStreamSpec Spec { get; set; } = new();
}

internal sealed record ImageStreamSpec
{
    public ImageLookupPolicy LookupPolicy { get; set; } = new();
}

internal sealed record ImageLookupPolicy
{
    /// <summary>Whether pods of the project may say the stream's name instead of a registry's.</summary>
    public bool Local { get; set; }
}

/// <summary>OpenShift's <c>build.openshift.io/v1</c>: an image from files that are sent to it.</summary>
internal sealed record BuildConfig : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "build.openshift.io/v1";

    public string Kind { get; set; } = "BuildConfig";

    public V1ObjectMeta Metadata { get; set; } = new();

    public BuildConfigSpec Spec { get; set; } = new();
}

internal sealed record BuildConfigSpec
{
    public BuildSource Source { get; set; } = new();

    public BuildStrategy Strategy { get; set; } = new();

    public BuildOutput Output { get; set; } = new();

    public V1ResourceRequirements? Resources { get; set; }

    public string? RunPolicy { get; set; }

    public int? SuccessfulBuildsHistoryLimit { get; set; }

    public int? FailedBuildsHistoryLimit { get; set; }
}

internal sealed record BuildSource
{
    public string Type { get; set; } = "Binary";

    public string? Dockerfile { get; set; }

    public BinaryBuildSource? Binary { get; set; }
}

internal sealed record BinaryBuildSource;

internal sealed record BuildStrategy
{
    public string Type { get; set; } = "Docker";

    public DockerBuildStrategy? DockerStrategy { get; set; }
}

internal sealed record DockerBuildStrategy
{
    public string? ImageOptimizationPolicy { get; set; }
}

internal sealed record BuildOutput
{
    public V1ObjectReference To { get; set; } = new();
}
