using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Certhelper.Core.People;

namespace Certhelper.Web.SignIn;

/// <summary>Reads what CERN SSO says of a person. Any claim but the login may be missing.</summary>
internal static class SsoClaims
{
    private const string RolesClaim = "cern_roles";
    private const string GroupsClaim = "groups";

    /// <summary>Null when the token does not even say who it is.</summary>
    public static SignInClaims? Read(ClaimsPrincipal principal, string clientId)
    {
        var login = First(principal, "cern_upn", "preferred_username", "sub");
        if (login is null) return null;
        var personId = int.TryParse(principal.FindFirstValue("cern_person_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (int?)null;
        return new SignInClaims(login, First(principal, "name") ?? login, First(principal, "email"), personId, Roles(principal, clientId));
    }

    /// <summary>
    /// The roles of this application: <c>cern_roles</c>, else <c>resource_access</c>; a person without a role has neither.
    /// Names of e-groups come in <c>groups</c> where the application asks for them.
    /// </summary>
    private static List<string> Roles(ClaimsPrincipal principal, string clientId)
    {
        List<string> groups = [.. principal.FindAll(GroupsClaim).Select(claim => claim.Value)];
        List<string> direct = [.. principal.FindAll(RolesClaim).Select(claim => claim.Value)];
        return [.. direct.Count > 0 ? direct : OfClient(principal.FindFirstValue("resource_access"), clientId), .. groups];
    }

    private static List<string> OfClient(string? text, string clientId)
    {
        if (text is null) return [];
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty(clientId, out var application) && application.TryGetProperty("roles", out var roles)
                ? [.. roles.EnumerateArray().Select(role => role.GetString()).OfType<string>()]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A shape nobody promised grants nothing.
            return [];
        }
    }

    private static string? First(ClaimsPrincipal principal, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            if (principal.FindFirstValue(type) is { } value && !string.IsNullOrWhiteSpace(value)) return value.Trim();
        }

        return null;
    }
}
