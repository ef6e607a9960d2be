using Microsoft.Extensions.Options;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Certhelper.Core.Scripts;

/// <summary>How to get into an account.</summary>
/// <param name="Account">Name on the host.</param>
/// <param name="Methods">What is offered to the host.</param>
/// <param name="Secrets">What must never be seen in output.</param>
public sealed record HostLogin(string Account, IReadOnlyList<AuthenticationMethod> Methods, IReadOnlyList<string> Secrets) : IDisposable
{
    public void Dispose()
    {
        foreach (var method in Methods) (method as IDisposable)?.Dispose();
    }
}

/// <summary>Finds secrets by name in the configuration, at the time of use: a mounted file may change.</summary>
public sealed class CredentialBook(IOptionsMonitor<ScriptsOptions> options)
{
    /// <exception cref="HostTroubleException">The secret is not there or cannot be used.</exception>
    public HostLogin LoginFor(ScriptDefinition definition)
    {
        var name = definition.Credential;
        if (!options.CurrentValue.Credentials.TryGetValue(name, out var credential))
            throw Missing($"The configuration has no credential named {name}: set Scripts:Credentials:{name}.");
        if (!HostsOf(name, credential).Contains(definition.Host, StringComparer.OrdinalIgnoreCase))
            throw Missing($"The credential {name} is not for the host {definition.Host}: whoever runs the site allows it with Scripts:Credentials:{name}:Hosts.");
        var account = definition.Account.Length > 0 ? definition.Account : credential.Account;
        if (string.IsNullOrWhiteSpace(account)) throw Missing($"No account is known for {name}: set Scripts:Credentials:{name}:Account.");
        return definition.Authentication == ScriptAuthentication.PrivateKey ? WithKey(name, account, credential) : WithPassword(definition, name, account, credential);
    }

    private static string[] HostsOf(string name, ScriptCredential credential) => string.IsNullOrWhiteSpace(credential.Hosts)
        ? [name]
        : credential.Hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static HostLogin WithPassword(ScriptDefinition definition, string name, string account, ScriptCredential credential)
    {
        var password = Value(credential.Password, credential.PasswordFile)
            ?? throw Missing($"No password is known for {name}: set Scripts:Credentials:{name}:Password, or PasswordFile for a mounted secret.");
        if (definition.Authentication == ScriptAuthentication.Password) return new(account, [new PasswordAuthenticationMethod(account, password)], [password]);
        var interactive = new KeyboardInteractiveAuthenticationMethod(account);
        interactive.AuthenticationPrompt += (_, prompt) =>
        {
            // What is echoed is no password: a second factor, or the account's name.
            foreach (var question in prompt.Prompts) question.Response = question.IsEchoed ? "" : password;
        };
        return new(account, [interactive], [password]);
    }

    private static HostLogin WithKey(string name, string account, ScriptCredential credential)
    {
        var text = Value(credential.PrivateKey, credential.PrivateKeyFile)
            ?? throw Missing($"No private key is known for {name}: set Scripts:Credentials:{name}:PrivateKey, or PrivateKeyFile for a mounted secret.");
        var passphrase = Value(credential.Passphrase, credential.PassphraseFile);
        try
        {
            using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.TrimEnd() + "\n"));
            return new(account, [new PrivateKeyAuthenticationMethod(account, new PrivateKeyFile(stream, passphrase))], passphrase is null ? [] : [passphrase]);
        }
        catch (SshException exception)
        {
            throw new HostTroubleException(HostTrouble.Secret, $"The private key of {name} cannot be read: {exception.Message}", exception);
        }
    }

    private static string? Value(string? text, string? file)
    {
        if (!string.IsNullOrEmpty(text)) return text;
        if (string.IsNullOrEmpty(file)) return null;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } read ? read : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostTroubleException(HostTrouble.Secret, $"The secret file {file} cannot be read.", exception);
        }
    }

    private static HostTroubleException Missing(string message) => new(HostTrouble.Secret, message);
}
