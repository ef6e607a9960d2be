namespace Certhelper.OpenShift.Resolving;

/// <summary>What a template becomes: text, and references to what only the cluster knows.</summary>
internal abstract record Piece;

internal sealed record TextPiece(string Text) : Piece;

/// <summary>A key of the Secret.</summary>
internal sealed record SecretPiece(string Key) : Piece;

/// <summary>A key of the ConfigMap, whose value is known here too.</summary>
internal sealed record SettingPiece(string Key, string Value) : Piece;

/// <summary>What was resolved on the way: who is talked to, and which settings and secrets are needed.</summary>
internal sealed class Footprint
{
    /// <summary>Resources of the manifest that are connected to, with the bindings.</summary>
    public SortedSet<(string Resource, string Binding)> Reaches { get; } = [];

    /// <summary>Ports of outside services, from the parameters that are URLs.</summary>
    public SortedSet<int> OutsidePorts { get; } = [];

    public SortedDictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    public void Add(Footprint other)
    {
        Reaches.UnionWith(other.Reaches);
        OutsidePorts.UnionWith(other.OutsidePorts);
        Secrets.UnionWith(other.Secrets);
        foreach (var (key, value) in other.Settings) Settings[key] = value;
    }
}
