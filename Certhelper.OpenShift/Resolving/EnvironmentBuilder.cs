using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using k8s.Models;

namespace Certhelper.OpenShift.Resolving;

/// <summary>
/// The environment of a container. A secret or a setting alone is a reference; one inside of a text is a variable of its
/// own, which stands before the text that says <c>$(NAME)</c>: the cluster composes it, and no file holds the value.
/// </summary>
internal sealed class EnvironmentBuilder(Resolver resolver, EffectiveValues values)
{
    /// <summary>What was left out, with the reason, for the person who called.</summary>
    public SortedSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    public List<V1EnvVar> Build(RunningResource running, Footprint footprint)
    {
        var helpers = new SortedDictionary<string, V1EnvVar>(StringComparer.Ordinal);
        var variables = new List<V1EnvVar>();
        foreach (var (name, template) in running.Environment)
        {
            var effective = values.Outside.Values.Select(outside => outside.Environment.GetValueOrDefault(name)).FirstOrDefault(text => text is not null) ?? template;
            if (resolver.Resolve(effective, $"Resource {running.Name}, variable {name}", footprint) is not { } pieces)
            {
                LeftOut.Add($"{running.Name}: {name} (TLS ends at the router; inside the cluster there is no {template})");
                continue;
            }

            variables.Add(pieces is [SecretPiece or SettingPiece] ? Reference(name, pieces[0]) : new V1EnvVar { Name = name, Value = Text(pieces, helpers) });
        }

        foreach (var helper in helpers.Keys.Where(running.Environment.ContainsKey))
            throw new ConversionException($"Resource {running.Name}: the variable {helper} is wanted for composing others.");
        return [.. helpers.Values, .. variables];
    }

    /// <summary>Arguments, in which <c>$(…)</c> must mean what it meant in the manifest: nothing.</summary>
    public List<string>? Arguments(RunningResource running, Footprint footprint)
    {
        if (running.Arguments.Count == 0) return null;
        return [.. running.Arguments.Select(argument =>
        {
            var pieces = resolver.Resolve(argument, $"Resource {running.Name}, argument", footprint);
            return pieces switch
            {
                null or [] => "",
                [TextPiece text] => Escape(text.Text),
                _ => throw new ConversionException($"Resource {running.Name}: a secret or a setting in the argument \"{argument}\" would show in the list of processes."),
            };
        })];
    }

    /// <summary>The pieces as a text that the cluster composes, with the variables that it needs in <paramref name="helpers"/>.</summary>
    public static string Text(IReadOnlyList<Piece> pieces, SortedDictionary<string, V1EnvVar> helpers) => string.Concat(pieces.Select(piece =>
    {
        if (piece is TextPiece text) return Escape(text.Text);
        var name = "PARAM_" + (piece is SecretPiece secret ? secret.Key : ((SettingPiece)piece).Key).ToUpperInvariant().Replace('-', '_');
        helpers[name] = Reference(name, piece);
        return $"$({name})";
    }));

    private static V1EnvVar Reference(string name, Piece piece) => new()
    {
        Name = name,
        ValueFrom = piece is SecretPiece secret
            ? new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = Names.Secret, Key = secret.Key } }
            : new V1EnvVarSource { ConfigMapKeyRef = new V1ConfigMapKeySelector { Name = Names.Settings, Key = ((SettingPiece)piece).Key } },
    };

    // "$$" is how the cluster is told a dollar sign; it does not ask where it is none of its business.
    private static string Escape(string text) => text.Replace("$$", "$$$$", StringComparison.Ordinal).Replace("$(", "$$(", StringComparison.Ordinal);
}
