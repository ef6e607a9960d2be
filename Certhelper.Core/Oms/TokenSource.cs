using System.Text.Json;

namespace Certhelper.Core.Oms;

/// <summary>
/// Access tokens for one API, by client credentials. One token serves many calls: it is kept until shortly before it
/// expires and renewed when the API refuses it, but not more often than every 30 seconds.
/// </summary>
internal sealed class TokenSource(string source, TokenServiceOptions options, IHttpClientFactory clients, TimeProvider time) : IDisposable
{
    /// <summary>Name of the HTTP client that gets tokens.</summary>
    public const string ClientName = "access tokens";

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim gate = new(1, 1);
    private Token? current;

    private sealed record Token(string Value, DateTimeOffset GotAt, DateTimeOffset UseUntil);

    /// <summary>A token that should be accepted.</summary>
    /// <exception cref="OutsideServiceException">None could be got.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (current is { } token && time.GetUtcNow() < token.UseUntil) return token.Value;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is { } other && time.GetUtcNow() < other.UseUntil) return other.Value;
            return (current = await FetchAsync(cancellationToken)).Value;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A token other than the refused one; null when the last was got less than 30 seconds ago.</summary>
    public async Task<string?> RenewAsync(string refused, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is { } token)
            {
                if (token.Value != refused) return token.Value;
                if (time.GetUtcNow() - token.GotAt < Pause) return null;
            }

            return (current = await FetchAsync(cancellationToken)).Value;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<Token> FetchAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenUrl)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = options.ClientId,
                ["client_secret"] = options.ClientSecret,
                ["audience"] = options.Audience,
            }),
        };
        using var client = clients.CreateClient(ClientName);
        using var answer = await OutsideAnswers.SendJsonAsync(client, request, Asked.TokensFor(source), cancellationToken);
        var root = answer.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("access_token", out var value)
            || value.ValueKind != JsonValueKind.String
            || value.GetString() is not { Length: > 0 } text)
            throw new OutsideServiceException(source, $"{Asked.TokensFor(source).Who} answered without one.");

        var now = time.GetUtcNow();
        var lifetime = TimeSpan.FromSeconds(Math.Clamp(new OmsItem(root, default).Double("expires_in") ?? 300, 0, 86_400));
        // A very short life leaves no room for the margin; half of it is used then.
        return new Token(text, now, now + (lifetime > 2 * Margin ? lifetime - Margin : lifetime / 2));
    }
}
