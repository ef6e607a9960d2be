using System.ComponentModel.DataAnnotations;
using Certhelper.Core.Oms;

namespace Certhelper.Core.RunRegistry;

/// <summary>Section <c>RunRegistry</c>: the CMS Run Registry.</summary>
public sealed class RunRegistryOptions : TokenServiceOptions
{
    public const string Section = "RunRegistry";

    public RunRegistryOptions()
    {
        BaseUrl = "https://cmsrunregistry.web.cern.ch/api";
        Audience = "webframeworks-paas-cmsrunregistry";
        // The registry needs seconds for an ordinary page; the background jobs wait, people's pages do not.
        AttemptTimeout = TimeSpan.FromSeconds(15);
        TotalTimeout = TimeSpan.FromSeconds(45);
    }

    /// <summary>
    /// Whether only what is open in the registry waits to be certified. On a site to train on it is <c>false</c>: there every
    /// dataset can be certified, however long the tracker has had its say.
    /// </summary>
    public bool OpenOnly { get; set; } = true;

    /// <summary>Datasets per page.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 100;
}
