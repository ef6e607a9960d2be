using Certhelper.Core.People;

namespace Certhelper.Core.Scripts;

/// <summary>A script that may be run on another host. What it is, is in its versions.</summary>
public sealed class Script
{
    public int Id { get; init; }

    /// <summary>Short name in addresses: <c>tracker-maps</c>.</summary>
    public required string Key { get; init; }

    public required string Title { get; set; }

    /// <summary>Order in the list.</summary>
    public int Position { get; set; }

    /// <summary>Cannot be started since then; its executions stay.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>Row version; guards title and place against lost updates.</summary>
    public uint RowVersion { get; set; }

    public List<ScriptVersion> Versions { get; } = [];
}

/// <summary>One version of a script. Never changed: a change makes the next one, so an execution can say what it ran.</summary>
public sealed class ScriptVersion
{
    public int Id { get; init; }

    public int ScriptId { get; init; }

    public Script? Script { get; init; }

    /// <summary>Counts from 1; the highest is the one in use.</summary>
    public required int Number { get; init; }

    public required ScriptDefinition Definition { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for what came with the installation.</summary>
    public int? CreatedById { get; init; }

    public User? CreatedBy { get; init; }

    /// <summary>What changed and why.</summary>
    public string? Note { get; init; }
}
