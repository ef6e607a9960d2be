using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Certhelper.Core.Scripts;

/// <summary>Opens connections to hosts, and only to those whose key is the approved one.</summary>
public sealed class HostDoor(CredentialBook credentials, HostKeyDesk keys, IOptionsMonitor<ScriptsOptions> options)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>Between signs of life, so that a dead connection is noticed and firewalls keep a quiet one.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <exception cref="HostTroubleException">It cannot be reached or used.</exception>
    public async Task<HostSession> OpenAsync(ScriptDefinition definition, CancellationToken cancellationToken)
    {
        var login = credentials.LoginFor(definition);
        HostSession? session = null;
        try
        {
            var (address, port) = AddressOf(definition);
            var where = string.Create(CultureInfo.InvariantCulture, $"{definition.Host}:{definition.Port}");
            session = new HostSession(login, address, port);
            foreach (var client in session.Clients)
            {
                client.KeepAliveInterval = KeepAlive;
                await ConnectAsync(client, definition, where, login.Account, cancellationToken);
            }

            return session;
        }
        catch
        {
            if (session is null) login.Dispose();
            else session.Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(BaseClient client, ScriptDefinition definition, string where, string account, CancellationToken cancellationToken)
    {
        // The library trusts every key unless somebody looks. Which keys are good is known before; what was seen is noted after.
        var approved = await keys.ApprovedAsync(definition.Host, definition.Port, cancellationToken);
        string? algorithm = null;
        string? fingerprint = null;
        client.HostKeyReceived += (_, shown) =>
        {
            (algorithm, fingerprint) = (shown.HostKeyName, "SHA256:" + shown.FingerPrintSHA256);
            shown.CanTrust = fingerprint == approved;
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectLimit);
        try
        {
            await client.ConnectAsync(limit.Token);
        }
        catch (SshConnectionException exception) when (fingerprint is not null && fingerprint != approved)
        {
            throw await keys.SeeAsync(definition.Host, definition.Port, algorithm!, fingerprint, cancellationToken) == HostTrust.Changed
                ? new HostTroubleException(HostTrouble.KeyChanged, $"{where} shows another key than the approved one ({fingerprint}): somebody may be in between, or the host was installed anew. Nothing was sent. An administrator decides under Hosts.", exception)
                : new HostTroubleException(HostTrouble.KeyPending, $"The key of {where} was never approved ({fingerprint}). It goes on by itself when an administrator approves it under Hosts.", exception);
        }
        catch (SshAuthenticationException exception)
        {
            throw new HostTroubleException(HostTrouble.Authentication, $"{where} does not let {account} in by {Means(definition)}. The secret {definition.Credential} may have changed: {exception.Message}", exception);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
        {
            throw new HostTroubleException(HostTrouble.Name, $"Nobody knows a host named {definition.Host}. Is the name right, and does the name service answer?", exception);
        }
        catch (Exception exception) when (exception is SocketException or SshException or ProxyException or IOException or ObjectDisposedException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var why = exception is OperationCanceledException ? string.Create(CultureInfo.InvariantCulture, $"no answer for {ConnectLimit.TotalSeconds:0} s") : exception.Message;
            throw new HostTroubleException(HostTrouble.Network, $"{where} cannot be reached: {why.TrimEnd('.')}. Is it up, and does the network let us through?", exception);
        }

        await keys.SeeAsync(definition.Host, definition.Port, algorithm!, fingerprint!, cancellationToken);
    }

    private (string Address, int Port) AddressOf(ScriptDefinition definition)
    {
        if (!options.CurrentValue.Addresses.TryGetValue(definition.Host, out var address)) return (definition.Host, definition.Port);
        var colon = address.LastIndexOf(':');
        return colon > 0 && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (address[..colon], port)
            : (address, definition.Port);
    }

    private static string Means(ScriptDefinition definition) => definition.Authentication switch
    {
        ScriptAuthentication.Password => "password",
        ScriptAuthentication.KeyboardInteractive => "keyboard-interactive password",
        ScriptAuthentication.PrivateKey => "private key",
    };
}
