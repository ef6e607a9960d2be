using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Standins.Sso;

/// <summary>
/// Who is signed in where. Ending a session tells every application that took part in it directly, by a signed logout token
/// (OpenID Connect Back-Channel Logout 1.0), as the realm does at sign-out and when an administrator ends somebody's sessions.
/// </summary>
internal sealed partial class SsoSessions(
    IOptions<StandinsOptions> options, SigningKeys keys, IHttpClientFactory clients, TimeProvider time, ILogger<SsoSessions> logger)
{
    /// <summary>Name of the HTTP client that tells applications.</summary>
    public const string ClientName = "logout";

    // The realm has this address in the settings of the client.
    private const string Path = "/signout/back-channel";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly TimeSpan TokenLength = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, SsoSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Notes that an application takes part in a session.</summary>
    public void Joined(string id, string login, Uri issuer, string? redirectUri)
    {
        var session = _sessions.GetOrAdd(id, _ => new SsoSession(login, issuer));
        if (Uri.TryCreate(redirectUri, UriKind.Absolute, out var application)) session.Applications.TryAdd(application.GetLeftPart(UriPartial.Authority), true);
    }

    /// <summary>Whether it was ended; one from before a restart goes on.</summary>
    public bool IsEnded(string? id) => id is not null && _sessions.TryGetValue(id, out var session) && session.IsEnded;

    /// <summary>Ends all sessions of a person.</summary>
    public Task EndAllAsync(string login, CancellationToken cancellationToken) => Task.WhenAll(
        _sessions.Where(entry => entry.Value.Login == login && !entry.Value.IsEnded).Select(entry => EndAsync(entry.Key, cancellationToken)));

    /// <summary>Ends a session and tells its applications; one that does not answer finds out at its next refresh.</summary>
    public async Task EndAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null || !_sessions.TryGetValue(id, out var session)) return;
        session.IsEnded = true;
        foreach (var application in session.Applications.Keys)
        {
            try
            {
                using var client = clients.CreateClient(ClientName);
                using var answer = await client.PostAsync(
                    application + Path, new FormUrlEncodedContent([KeyValuePair.Create("logout_token", LogoutToken(id, session))]), cancellationToken);
                if (!answer.IsSuccessStatusCode) Log.Refused(logger, application, (int)answer.StatusCode);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                Log.Away(logger, application, exception.Message);
            }
        }
    }

    private string LogoutToken(string id, SsoSession session)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "logout+jwt",
            Issuer = session.Issuer.AbsoluteUri,
            Audience = options.Value.ClientId,
            IssuedAt = now,
            Expires = now + TokenLength,
            Claims = new Dictionary<string, object>
            {
                ["jti"] = Guid.NewGuid().ToString(),
                ["sub"] = session.Login,
                ["sid"] = id,
                ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
            },
            SigningCredentials = new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256),
        });
    }

    private sealed class SsoSession(string login, Uri issuer)
    {
        public string Login => login;

        public Uri Issuer => issuer;

        /// <summary>Scheme and host of each; a set.</summary>
        public ConcurrentDictionary<string, bool> Applications { get; } = new(StringComparer.Ordinal);

        public volatile bool IsEnded;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Application} answered a logout token with {Status}")]
        public static partial void Refused(ILogger logger, string application, int status);

        [LoggerMessage(2, LogLevel.Warning, "{Application} could not be told of a logout: {Problem}")]
        public static partial void Away(ILogger logger, string application, string problem);
    }
}
