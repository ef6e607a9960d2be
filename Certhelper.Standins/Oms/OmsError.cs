namespace Certhelper.Standins.Oms;

/// <summary>A request that OMS refuses; the texts are those of its library.</summary>
internal sealed class OmsError(int status, string title, string detail) : Exception(detail)
{
    public int Status => status;

    public string Title => title;

    public static OmsError BadParameter(string detail) => new(400, "Request parameters error", detail);

    public static OmsError BadRequest(string detail) => new(400, "BAD_REQUEST", detail);

    public static OmsError UnknownAttribute(string resource, string attribute)
    {
        var meta = char.ToUpperInvariant(resource[0]) + resource[1..^1] + "Meta";
        return BadRequest($"{meta}: the '{attribute}' parameter does not exists in {resource} resource.");
    }

    public static OmsError NotFound(string message) => new(404, message, message);
}
