using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Kinds;
using Certhelper.OpenShift.Manifest;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>
/// Images that the cluster makes from a published folder which is sent to it, where there is no other registry. The
/// image is what the SDK's own publish would make: a base, the folder, a user that is not root.
/// </summary>
internal sealed class Builds(ApplicationManifest manifest, EffectiveValues values)
{
    public IEnumerable<object> Build(string baseImage)
    {
        // Projects that share an image are one build.
        foreach (var image in manifest.All<ProjectResource>().GroupBy(project => values.Workload(project.Name).Image).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var program = Path.GetFileNameWithoutExtension(image.First().Path);
            if (image.Any(project => Path.GetFileNameWithoutExtension(project.Path) != program)) throw new ConversionException($"The values: {image.Key} is the image of different projects.");
            yield return new ImageStream { Metadata = Names.SharedMeta(values.Application, image.Key), Spec = new ImageStreamSpec { LookupPolicy = new ImageLookupPolicy { Local = true } } };
            yield return new BuildConfig
            {
                Metadata = Names.SharedMeta(values.Application, image.Key),
                Spec = new BuildConfigSpec
                {
                    RunPolicy = "Serial",
                    Source = new BuildSource
                    {
                        Binary = new BinaryBuildSource(),
                        Dockerfile = $"FROM {baseImage}\nWORKDIR /app\nCOPY . /app\nUSER 1654\nENTRYPOINT [\"dotnet\", \"/app/{program}.dll\"]\n",
                    },
                    Strategy = new BuildStrategy { DockerStrategy = new DockerBuildStrategy { ImageOptimizationPolicy = "SkipLayers" } },
                    Output = new BuildOutput { To = new V1ObjectReference { Kind = "ImageStreamTag", Name = $"{image.Key}:{values.All.Version}" } },
                    Resources = new V1ResourceRequirements
                    {
                        Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("200m"), ["memory"] = new("256Mi") },
                        Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1"), ["memory"] = new("1Gi") },
                    },
                    SuccessfulBuildsHistoryLimit = 3,
                    FailedBuildsHistoryLimit = 3,
                },
            };
        }
    }
}
