using Certhelper.Core.People;

namespace Certhelper.Core.Scripts;

/// <summary>What has been decided about a key.</summary>
public enum HostKeyState
{
    /// <summary>Seen, and waiting for an administrator.</summary>
    Pending,

    /// <summary>The key of this host: no other is accepted.</summary>
    Approved,

    /// <summary>Not the host's.</summary>
    Refused,

    /// <summary>Was approved once, until another took its place.</summary>
    Replaced,
}

/// <summary>A key that a host has shown. At most one of each host is approved.</summary>
public sealed class HostKey
{
    public int Id { get; init; }

    /// <summary>The host as definitions name it, small letters.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>As in <c>ssh-ed25519</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary><c>SHA256:…</c> as <c>ssh-keygen -l</c> prints it.</summary>
    public required string Fingerprint { get; init; }

    public required HostKeyState State { get; set; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public int? DecidedById { get; set; }

    public User? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Row version; guards against two decisions at once.</summary>
    public uint Version { get; set; }
}
