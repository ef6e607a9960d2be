namespace Certhelper.Web.Administration;

/// <summary>Which of the short lists an address is about.</summary>
public sealed record ChoiceList(string Key, string Title, string One, string What)
{
    /// <summary>What the addresses take; a constraint of routes.</summary>
    public const string Route = "regex(^(problems|reasons)$)";

    private static readonly ChoiceList Problems = new("problems", "Problems", "problem", "What can be wrong with a component; chosen beside a verdict.");
    private static readonly ChoiceList Reasons = new("reasons", "Bad reasons", "bad reason", "Why a run is bad; asked for whenever a component is bad.");

    public bool OfComponents => Key == "problems";

    public string Url => "/admin/choices/" + Key;

    /// <exception cref="KeyNotFoundException">The route lets no other in.</exception>
    public static ChoiceList Of(string key) => key switch
    {
        "problems" => Problems,
        "reasons" => Reasons,
        _ => throw new KeyNotFoundException(key),
    };
}
