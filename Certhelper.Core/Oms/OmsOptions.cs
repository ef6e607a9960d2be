using System.ComponentModel.DataAnnotations;

namespace Certhelper.Core.Oms;

/// <summary>Section <c>Oms</c>: the OMS aggregation API and how much of it is kept in step.</summary>
public sealed class OmsOptions : TokenServiceOptions
{
    public const string Section = "Oms";

    public OmsOptions()
    {
        BaseUrl = "https://cmsoms.cern.ch/agg/api/v1";
        Audience = "cmsoms-prod";
    }

    /// <summary>The first day whose runs the synchronisation keeps; wins over <see cref="SyncDays"/>.</summary>
    public DateOnly? SyncFrom { get; set; }

    /// <summary>How many days back the first synchronisation goes.</summary>
    [Range(1, 36500)]
    public int SyncDays { get; set; } = 14;

    /// <summary>Items per page. OMS's own limit is 1,000 in practice.</summary>
    [Range(2, 1000)]
    public int PageSize { get; set; } = 100;
}
