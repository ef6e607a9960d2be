using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Certhelper.Standins.Sso;

/// <summary>Claims as the realm of CERN writes them.</summary>
internal static class PersonClaims
{
    /// <summary>Marks one authorization code, so that it works once only.</summary>
    public const string CodeId = "standin_code";

    public static ClaimsPrincipal Of(SamplePerson person, string clientId, string sessionId, IEnumerable<string> scopes)
    {
        var identity = NewIdentity()
            .SetClaim(Claims.Subject, person.Login)
            .SetClaim("cern_upn", person.Login)
            .SetClaim(Claims.PreferredUsername, person.Login)
            .SetClaim(Claims.Name, person.Name)
            .SetClaim(Claims.GivenName, person.Given)
            .SetClaim(Claims.FamilyName, person.Family)
            .SetClaim(Claims.Email, person.Email)
            .SetClaim("cern_preferred_language", "EN")
            .SetClaim("sid", sessionId)
            .SetClaim("session_state", sessionId);
        if (person.PersonId is { } personId)
        {
            identity.SetClaim("cern_person_id", personId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            identity.SetClaim("cern_mail_upn", person.Email);
        }

        if (person.Roles is { } roles)
        {
            // A list even with one role, and the same list once more where Keycloak puts it.
            identity.AddClaim(new Claim("cern_roles", JsonSerializer.Serialize(roles), JsonClaimValueTypes.JsonArray));
            identity.AddClaim(new Claim(
                "resource_access",
                JsonSerializer.Serialize(new Dictionary<string, object> { [clientId] = new { roles } }),
                JsonClaimValueTypes.Json));
        }

        return Finish(identity, scopes);
    }

    /// <summary>What an authorization code has to remember of a person.</summary>
    public static ClaimsPrincipal OfCode(SamplePerson person, string sessionId, DateTimeOffset signedInAt, IEnumerable<string> scopes)
    {
        var identity = NewIdentity()
            .SetClaim(Claims.Subject, person.Login)
            .SetClaim("sid", sessionId)
            .SetClaim(CodeId, Guid.NewGuid().ToString("N"))
            .SetClaim(Claims.AuthenticationTime, signedInAt.ToUnixTimeSeconds());
        return Finish(identity, scopes);
    }

    /// <summary>An application that calls an API on its own: no personal claims.</summary>
    public static ClaimsPrincipal OfApplication(string clientId, string? audience)
    {
        var identity = NewIdentity()
            .SetClaim(Claims.Subject, $"service-account-{clientId}")
            .SetClaim(Claims.PreferredUsername, $"service-account-{clientId}");
        var principal = Finish(identity, []);
        if (audience is not null) principal.SetResources(audience);
        return principal;
    }

    /// <summary>The realm writes the same claims into both tokens.</summary>
    public static string[] Everywhere(Claim claim) => [Destinations.AccessToken, Destinations.IdentityToken];

    private static ClaimsIdentity NewIdentity() =>
        new(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);

    private static ClaimsPrincipal Finish(ClaimsIdentity identity, IEnumerable<string> scopes)
    {
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetDestinations(Everywhere);
        return principal;
    }
}
