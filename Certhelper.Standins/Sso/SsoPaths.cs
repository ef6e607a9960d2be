namespace Certhelper.Standins.Sso;

/// <summary>Where the realm answers; the same paths as at CERN, below another host.</summary>
internal static class SsoPaths
{
    public const string Realm = "/auth/realms/cern";
    public const string Discovery = ".well-known/openid-configuration";
    public const string Authorization = "protocol/openid-connect/auth";
    public const string Token = "protocol/openid-connect/token";
    public const string ApiAccess = "api-access/token";
    public const string UserInfo = "protocol/openid-connect/userinfo";
    public const string EndSession = "protocol/openid-connect/logout";
    public const string Keys = "protocol/openid-connect/certs";
    public const string SignIn = Realm + "/login-actions/authenticate";

    /// <summary>The issuer as this caller sees it: the host it asked, whatever its name or port.</summary>
    public static Uri Issuer(HttpRequest request) => new($"{request.Scheme}://{request.Host}{Realm}");

    /// <summary>Where the proxies of OMS and Run Registry send a caller without a token.</summary>
    public static string LoginOf(HttpRequest request, string application)
    {
        var callback = Uri.EscapeDataString($"{request.Scheme}://{request.Host}/{application}/oauth2/callback");
        return $"{Issuer(request)}/{Authorization}?response_type=code&scope=openid&client_id={application}&redirect_uri={callback}";
    }
}
