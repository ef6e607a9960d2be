namespace Certhelper.Core.Certification;

/// <summary>What a person saw who changes a certification.</summary>
/// <param name="Version">Its version; guards against lost updates.</param>
/// <param name="Revision">
/// Number of its last revision; tells, when somebody else saved meanwhile, who changed what. Null when it is not known.
/// </param>
public readonly record struct EditBase(uint Version, int? Revision = null)
{
    public static implicit operator EditBase(uint version) => new(version);

    /// <summary>The base that only a version tells.</summary>
    public static EditBase FromUInt32(uint version) => new(version);
}
