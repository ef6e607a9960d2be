using Certhelper.Standins.Sso;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Standins.Tokens;

/// <summary>What became of the caller's token.</summary>
internal enum TokenState
{
    /// <summary>No bearer token was sent.</summary>
    Missing,

    /// <summary>Not ours, expired, or not a token.</summary>
    Invalid,

    /// <summary>Ours, for another application.</summary>
    OtherAudience,
    Good,
}

/// <summary>Checks the access tokens that the realm issues for the APIs.</summary>
internal sealed class BearerCheck(SigningKeys keys, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new();

    public async Task<TokenState> CheckAsync(HttpRequest request, string audience)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return TokenState.Missing;

        var result = await _handler.ValidateTokenAsync(header[scheme.Length..].Trim(), new TokenValidationParameters
        {
            IssuerSigningKey = keys.Signing,
            ValidAudience = audience,
            ValidTypes = ["at+jwt", "JWT"],
            // The issuer is whatever name the caller used for this host; the signature says enough.
            ValidateIssuer = false,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        if (result.IsValid) return TokenState.Good;
        return result.Exception is SecurityTokenInvalidAudienceException ? TokenState.OtherAudience : TokenState.Invalid;
    }
}
