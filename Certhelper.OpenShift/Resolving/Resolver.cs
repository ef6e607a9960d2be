using System.Globalization;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;

namespace Certhelper.OpenShift.Resolving;

/// <summary>Turns templates of the manifest into pieces: the names, ports and keys that things have in the cluster.</summary>
internal sealed class Resolver(ApplicationManifest manifest, EffectiveValues values)
{
    /// <summary>The pieces of <paramref name="template"/>; null when it is about a binding that is not served in the cluster.</summary>
    /// <param name="where">For messages: whose template it is.</param>
    public IReadOnlyList<Piece>? Resolve(string template, string where, Footprint footprint)
    {
        var pieces = new List<Piece>();
        return Append(template, where, footprint, pieces, []) ? Joined(pieces) : null;
    }

    private bool Append(string template, string where, Footprint footprint, List<Piece> pieces, HashSet<string> open)
    {
        foreach (var part in Expressions.Split(template))
        {
            if (!part.IsExpression) pieces.Add(new TextPiece(part.Text));
            else if (!AppendExpression(part.Text, where, footprint, pieces, open)) return false;
        }

        return true;
    }

    private bool AppendExpression(string expression, string where, Footprint footprint, List<Piece> pieces, HashSet<string> open)
    {
        var words = expression.Split('.');
        if (!manifest.Resources.TryGetValue(words[0], out var resource)) throw new ConversionException($"{where}: {{{expression}}} names a resource that the manifest does not have.");
        if (!open.Add(expression)) throw new ConversionException($"{where}: {{{expression}}} leads back to itself.");
        try
        {
            switch (resource)
            {
                case ParameterResource parameter when words is [_, "value"] || (words is [_, "inputs", { } input] && input == parameter.Input):
                    pieces.Add(Given(parameter, where, footprint));
                    return true;
                case ValueResource value when words is [_, { } property] && value.Properties.TryGetValue(property, out var template):
                    return Append(template, where, footprint, pieces, open);
                case AnnotatedString annotated when words is [_, "value"]:
                    pieces.AddRange(Escaped(annotated, where, footprint, open));
                    return true;
                case ContainerResource { ConnectionString: { } own } container when words is [_, "connectionString"]:
                    return Append(values.Outside.GetValueOrDefault(container.Name)?.ConnectionString ?? own, where, footprint, pieces, open);
                case RunningResource running when words is [_, "bindings", { } binding, { } property] && running.Bindings.ContainsKey(binding):
                    return AppendBinding(running, binding, property, expression, where, footprint, pieces);
                default:
                    throw new ConversionException($"{where}: the expression {{{expression}}} is not known.");
            }
        }
        finally
        {
            open.Remove(expression);
        }
    }

    private Piece Given(ParameterResource parameter, string where, Footprint footprint)
    {
        if (parameter.Secret || parameter.Generate is not null)
        {
            footprint.Secrets.Add(parameter.Name);
            return new SecretPiece(parameter.Name);
        }

        var value = values.Parameters.GetValueOrDefault(parameter.Name) ?? parameter.Default
            ?? throw new ConversionException($"{where}: the parameter {parameter.Name} has no value; set parameters: {{ {parameter.Name}: … }} in the values.");
        footprint.Settings[parameter.Name] = value;
        if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") footprint.OutsidePorts.Add(url.Port);
        return new SettingPiece(parameter.Name, value);
    }

    /// <summary>What is known is escaped here. A secret is not known here: its escaped form is a key of its own.</summary>
    private List<Piece> Escaped(AnnotatedString annotated, string where, Footprint footprint, HashSet<string> open)
    {
        var inner = new List<Piece>();
        // The secret itself is not needed, only its escaped form.
        if (!Append(annotated.Value, where, new Footprint(), inner, open)) throw new ConversionException($"{where}: {annotated.Name} is about a binding that is not served.");
        if (inner is [SecretPiece])
        {
            footprint.Secrets.Add(annotated.Name);
            return [new SecretPiece(annotated.Name)];
        }

        if (inner.OfType<SecretPiece>().Any()) throw new ConversionException($"{where}: {annotated.Name} escapes more than one secret at once, which is not known.");
        return [new TextPiece(Uri.EscapeDataString(string.Concat(inner.Select(piece => piece is SettingPiece setting ? setting.Value : ((TextPiece)piece).Text))))];
    }

    private bool AppendBinding(RunningResource running, string name, string property, string expression, string where, Footprint footprint, List<Piece> pieces)
    {
        var binding = running.Bindings[name];
        // Inside the cluster our programs speak HTTP; TLS ends at the router.
        if (!IsServed(running, name)) return false;
        var outside = values.Outside.GetValueOrDefault(running.Name);
        var host = outside?.Host ?? running.Name;
        var port = outside?.Port ?? ServicePort(running, name);
        pieces.Add(new TextPiece(property switch
        {
            "host" => host,
            "port" => port.ToString(CultureInfo.InvariantCulture),
            "targetPort" => TargetPort(running, name).ToString(CultureInfo.InvariantCulture),
            "scheme" => binding.Scheme,
            "url" => string.Create(CultureInfo.InvariantCulture, $"{binding.Scheme}://{host}:{port}"),
            _ => throw new ConversionException($"{where}: the expression {{{expression}}} is not known."),
        }));
        if (property is "host" or "url") footprint.Reaches.Add((running.Name, name));
        return true;
    }

    /// <summary>Whether there is a port for it: not for the HTTPS of our own programs, which have no certificate.</summary>
    public static bool IsServed(RunningResource running, string binding) => running is not ProjectResource || running.Bindings[binding].Scheme != "https";

    /// <summary>The port on which the process listens.</summary>
    public int TargetPort(RunningResource running, string binding) => running.Bindings[binding].TargetPort ?? (running is ProjectResource
        ? values.Workload(running.Name).Port
        : throw new ConversionException($"Resource {running.Name}, binding {binding}: it has no targetPort."));

    /// <summary>The port of the Service.</summary>
    public int ServicePort(RunningResource running, string binding) => running.Bindings[binding].Port ?? TargetPort(running, binding);

    private static List<Piece> Joined(List<Piece> pieces)
    {
        var joined = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (piece is TextPiece next && joined is [.., TextPiece last]) joined[^1] = new TextPiece(last.Text + next.Text);
            else if (piece is not TextPiece { Text: "" }) joined.Add(piece);
        }

        return joined;
    }
}
