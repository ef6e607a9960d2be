using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Scripts.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Scripts.Hosts;

/// <summary>A key that a host has shown, and who decided about it.</summary>
public sealed record HostKeyRow(
    int Id, string Host, int Port, string Algorithm, string Fingerprint, HostKeyState State,
    DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, DateTimeOffset? DecidedAt, string? DecidedByName)
{
    /// <summary>Host and port.</summary>
    public string Where => ScriptWords.Address(Host, Port);

    /// <summary>Whether a key that is not accepted was shown after that had been decided.</summary>
    public bool IsShownAgain => State is HostKeyState.Refused or HostKeyState.Replaced && LastSeenAt > DecidedAt;

    /// <summary>The file with the key's public half on a host with OpenSSH.</summary>
    public string File => Algorithm switch
    {
        "ssh-ed25519" => "/etc/ssh/ssh_host_ed25519_key.pub",
        _ when Algorithm.StartsWith("ecdsa", StringComparison.Ordinal) => "/etc/ssh/ssh_host_ecdsa_key.pub",
        _ when Algorithm.Contains("rsa", StringComparison.Ordinal) => "/etc/ssh/ssh_host_rsa_key.pub",
        _ => "/etc/ssh/ssh_host_*_key.pub",
    };
}

/// <summary>A key with what must be known to decide about it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Approved">The approved key of the same host, which may be this one; null when there is none.</param>
/// <param name="Scripts">Titles of the scripts that run there.</param>
public sealed record HostKeyCase(HostKeyRow Key, HostKeyRow? Approved, IReadOnlyList<string> Scripts)
{
    /// <summary>Whether another key of the host is approved: the alarming case.</summary>
    public bool IsChanged => Approved is { } approved && approved.Id != Key.Id;

    /// <summary>How it stands for a decision.</summary>
    public HostKeySight Sight => new(Key.State, Approved?.Id);
}

/// <summary>Reads the keys of hosts; they are few.</summary>
internal static class HostKeyBoard
{
    /// <summary>All keys: those that wait first, of these the alarming ones first.</summary>
    public static async Task<IReadOnlyList<HostKeyCase>> ReadAsync(CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var keys = await db.HostKeys
            .Select(key => new HostKeyRow(
                key.Id, key.Host, key.Port, key.Algorithm, key.Fingerprint, key.State, key.FirstSeenAt, key.LastSeenAt, key.DecidedAt,
                key.DecidedBy == null ? null : key.DecidedBy.Name))
            .ToListAsync(cancellationToken);
        var scripts = await ScriptShelf.ReadAsync(db, cancellationToken);
        return
        [
            .. keys.Select(key => new HostKeyCase(
                    key,
                    keys.Find(other => other.State == HostKeyState.Approved && other.Host == key.Host && other.Port == key.Port),
                    [.. scripts.Where(script => script.RetiredAt is null && script.IsOn(key.Host, key.Port)).Select(script => script.Title)]))
                .OrderByDescending(item => item.Key.State == HostKeyState.Pending)
                .ThenByDescending(item => item.Key.State == HostKeyState.Pending && item.IsChanged)
                .ThenBy(item => item.Key.Host, StringComparer.Ordinal).ThenBy(item => item.Key.Port)
                .ThenBy(item => item.Key.State).ThenByDescending(item => item.Key.LastSeenAt),
        ];
    }
}
