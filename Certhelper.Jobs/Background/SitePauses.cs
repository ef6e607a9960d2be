using Certhelper.Core.Administration;
using Certhelper.Jobs.Sync;

namespace Certhelper.Jobs.Background;

/// <summary>Which jobs rest now, and why: what is switched off, and in maintenance what changes certifications.</summary>
public sealed class SitePauses(SiteBoard board, TimeProvider time)
{
    private static readonly string[] ChangeCertifications = [FactsCompletion.Name, FactsRecheck.Name, ApvModesPass.Name, SyncJobs.OldDrafts];

    private static readonly Dictionary<string, Feature> Switched = new(StringComparer.Ordinal)
    {
        [OmsSync.Name] = Feature.OmsSync,
        [RegistrySync.Name] = Feature.RegistrySync,
        [CertifiedDatasets.Name] = Feature.RegistrySync,
    };

    /// <summary>Why a job rests, in words; null when it does not.</summary>
    public string? WhyRests(string job)
    {
        if (Switched.TryGetValue(job, out var feature) && !board.Now.IsOn(feature)) return $"Nothing is done: {feature.Title()} is switched off in the administration.";
        return ChangeCertifications.Contains(job) && board.Now.Maintenance(time.GetUtcNow()) is { } maintenance
            ? $"Nothing is done: the site is in maintenance. {maintenance.Because}"
            : null;
    }
}
