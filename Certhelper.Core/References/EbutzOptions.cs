using Certhelper.Core.Oms;

namespace Certhelper.Core.References;

/// <summary>Section <c>Ebutz</c>: the page of the strip tracker that tells the read-out mode of a run. It wants no token.</summary>
public sealed class EbutzOptions : OutsideServiceOptions
{
    public const string Section = "Ebutz";

    /// <summary>Where it is at CERN; it answers plain HTTP only.</summary>
    public const string Address = "http://ebutz.web.cern.ch/ebutz/cgi-bin/getReadOutmode.pl";

    public EbutzOptions()
    {
        BaseUrl = Address;
        AttemptTimeout = TimeSpan.FromSeconds(4);
        TotalTimeout = TimeSpan.FromSeconds(9);
        Retries = 1;
    }
}
