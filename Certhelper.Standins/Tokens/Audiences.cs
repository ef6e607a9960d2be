namespace Certhelper.Standins.Tokens;

/// <summary>The names under which the APIs are registered; a token is good for one of them.</summary>
internal static class Audiences
{
    public const string Oms = "cmsoms-prod";
    public const string RunRegistry = "webframeworks-paas-cmsrunregistry";
}
