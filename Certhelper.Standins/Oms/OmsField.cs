namespace Certhelper.Standins.Oms;

/// <summary>How an attribute is written in JSON and compared in filters.</summary>
internal enum OmsType
{
    Integer,
    Float,
    String,
    Boolean,
    Date,
    List,
}

/// <summary>One attribute of a resource as <c>/meta</c> describes it; no unit when there is none or when each row states its own.</summary>
internal sealed record OmsField(string Name, OmsType Type, string Title, string Units = "");
