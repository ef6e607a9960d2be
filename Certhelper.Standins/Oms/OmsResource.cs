namespace Certhelper.Standins.Oms;

/// <summary>A resource: its attributes, its rows that a query accepts, and the names of what it is related to.</summary>
internal sealed record OmsResource(
    string Name,
    IReadOnlyList<OmsField> Fields,
    IReadOnlyList<string> Relations,
    Func<OmsQuery, IEnumerable<OmsRow>> Rows);
