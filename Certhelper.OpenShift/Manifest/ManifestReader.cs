using System.Text.Json;

namespace Certhelper.OpenShift.Manifest;

/// <summary>
/// Reads <c>aspire-manifest.json</c>. What it does not know it refuses by name: an object that silently lacks something
/// would be found in production.
/// </summary>
internal static class ManifestReader
{
    public static ApplicationManifest Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new ConversionException($"The manifest is not JSON: {exception.Message}");
        }

        using (document)
        {
            Known(document.RootElement, "The manifest", "$schema", "resources");
            if (!document.RootElement.TryGetProperty("resources", out var resources)) throw new ConversionException("The manifest has no resources.");
            var read = new Dictionary<string, ManifestResource>(StringComparer.Ordinal);
            foreach (var entry in resources.EnumerateObject())
            {
                if (!read.TryAdd(entry.Name, Resource(entry.Name, entry.Value))) throw new ConversionException($"Resource {entry.Name}: it is there twice.");
            }

            return new ApplicationManifest(read);
        }
    }

    private static ManifestResource Resource(string name, JsonElement json)
    {
        var type = Text(json, "type") ?? throw new ConversionException($"Resource {name}: it has no type.");
        return type switch
        {
            "parameter.v0" => Parameter(name, json),
            "value.v0" => new ValueResource(name, json.EnumerateObject().Where(property => property.Name != "type").ToDictionary(property => property.Name, property => String(name, property))),
            "annotated.string" => Annotated(name, json),
            "project.v0" => Project(name, json),
            "container.v0" => Container(name, json),
            _ => throw new ConversionException($"Resource {name}: the type {type} is not known (known: parameter.v0, value.v0, annotated.string, project.v0, container.v0)."),
        };
    }

    private static ParameterResource Parameter(string name, JsonElement json)
    {
        Known(json, $"Resource {name}", "type", "value", "inputs");
        var inputs = json.TryGetProperty("inputs", out var all) ? all.EnumerateObject().ToList() : [];
        if (inputs.Count != 1) throw new ConversionException($"Resource {name}: a parameter has one input, not {inputs.Count}.");
        var (inputName, input) = (inputs[0].Name, inputs[0].Value);
        Known(input, $"Resource {name}, input {inputName}", "type", "secret", "default");
        if (Text(json, "value") is { } value && value != $"{{{name}.inputs.{inputName}}}")
            throw new ConversionException($"Resource {name}: a parameter whose value ({value}) is not its input is not known.");
        string? text = null;
        GeneratedSecret? generate = null;
        if (input.TryGetProperty("default", out var given))
        {
            Known(given, $"Resource {name}, default", "value", "generate");
            text = Text(given, "value");
            if (given.TryGetProperty("generate", out var recipe))
            {
                Known(recipe, $"Resource {name}, generate", "minLength", "lower", "upper", "numeric", "special", "minLower", "minUpper", "minNumeric", "minSpecial");
                generate = new GeneratedSecret(recipe.TryGetProperty("minLength", out var length) ? length.GetInt32() : 22, !recipe.TryGetProperty("special", out var special) || special.GetBoolean());
            }
        }

        return new ParameterResource(name, inputName, input.TryGetProperty("secret", out var secret) && secret.GetBoolean(), text, generate);
    }

    private static AnnotatedString Annotated(string name, JsonElement json)
    {
        Known(json, $"Resource {name}", "type", "value", "filter");
        var filter = Text(json, "filter") ?? "";
        if (filter != "uri") throw new ConversionException($"Resource {name}: the filter \"{filter}\" is not known (known: uri).");
        return new AnnotatedString(name, Text(json, "value") ?? throw new ConversionException($"Resource {name}: it has no value."), filter);
    }

    private static ProjectResource Project(string name, JsonElement json)
    {
        Known(json, $"Resource {name}", "type", "path", "env", "args", "bindings");
        return new ProjectResource(name, Text(json, "path") ?? throw new ConversionException($"Resource {name}: it has no path."), Map(name, json, "env"), List(json, "args"), Bindings(name, json));
    }

    private static ContainerResource Container(string name, JsonElement json)
    {
        Known(json, $"Resource {name}", "type", "image", "entrypoint", "args", "connectionString", "env", "bindings", "volumes");
        var volumes = new List<Mount>();
        foreach (var volume in json.TryGetProperty("volumes", out var all) ? all.EnumerateArray() : [])
        {
            Known(volume, $"Resource {name}, volume", "name", "target", "readOnly");
            volumes.Add(new Mount(Text(volume, "name") ?? "", Text(volume, "target") ?? throw new ConversionException($"Resource {name}: a volume has no target."), volume.TryGetProperty("readOnly", out var only) && only.GetBoolean()));
        }

        return new ContainerResource(
            name,
            Text(json, "image") ?? throw new ConversionException($"Resource {name}: it has no image."),
            Text(json, "entrypoint"),
            Text(json, "connectionString"),
            volumes,
            Map(name, json, "env"),
            List(json, "args"),
            Bindings(name, json));
    }

    private static Dictionary<string, Binding> Bindings(string name, JsonElement json)
    {
        var bindings = new Dictionary<string, Binding>(StringComparer.Ordinal);
        foreach (var binding in json.TryGetProperty("bindings", out var all) ? all.EnumerateObject() : [])
        {
            Known(binding.Value, $"Resource {name}, binding {binding.Name}", "scheme", "protocol", "transport", "targetPort", "port", "external");
            var protocol = Text(binding.Value, "protocol") ?? "tcp";
            if (protocol is not ("tcp" or "udp")) throw new ConversionException($"Resource {name}, binding {binding.Name}: the protocol {protocol} is not known.");
            bindings[binding.Name] = new Binding(Text(binding.Value, "scheme") ?? "tcp", protocol, Number(binding.Value, "targetPort"), Number(binding.Value, "port"), binding.Value.TryGetProperty("external", out var external) && external.GetBoolean());
        }

        return bindings;
    }

    private static void Known(JsonElement json, string where, params ReadOnlySpan<string> names)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!names.Contains(property.Name)) throw new ConversionException($"{where}: the property {property.Name} is not known.");
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static string String(string name, JsonProperty property) => property.Value.ValueKind == JsonValueKind.String
        ? property.Value.GetString()!
        : throw new ConversionException($"Resource {name}: the property {property.Name} is no text.");

    private static Dictionary<string, string> Map(string name, JsonElement json, string property) =>
        json.TryGetProperty(property, out var map) ? map.EnumerateObject().ToDictionary(entry => entry.Name, entry => String(name, entry)) : [];

    private static List<string> List(JsonElement json, string property) =>
        json.TryGetProperty(property, out var list) ? [.. list.EnumerateArray().Select(entry => entry.GetString()!)] : [];
}
