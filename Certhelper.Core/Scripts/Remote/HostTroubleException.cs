namespace Certhelper.Core.Scripts;

/// <summary>Which step of reaching a host failed.</summary>
public enum HostTrouble
{
    /// <summary>The name is not known.</summary>
    Name,

    /// <summary>Nothing answers, or the connection broke.</summary>
    Network,

    /// <summary>The host's key waits for approval.</summary>
    KeyPending,

    /// <summary>The host's key is not the approved one.</summary>
    KeyChanged,

    /// <summary>The host does not let the account in.</summary>
    Authentication,

    /// <summary>The secret is not in the configuration.</summary>
    Secret,

    /// <summary>The host let us in, and something there is not as it must be.</summary>
    Host,
}

/// <summary>A host cannot be used. The message says what failed and what to do, for the person who waits.</summary>
public sealed class HostTroubleException(HostTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    public HostTrouble Trouble { get; } = trouble;

    /// <summary>Whether it may pass by itself, or by what an administrator does meanwhile.</summary>
    public bool MayPass => Trouble is HostTrouble.Name or HostTrouble.Network or HostTrouble.KeyPending;
}
