using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>The published definitions of what a cluster takes, read strictly: what they do not name is an error.</summary>
internal sealed partial class Schema
{
    private readonly JsonObject definitions;

    private Schema(JsonObject definitions) => this.definitions = definitions;

    public static Schema Kubernetes() => Read("schemas/kubernetes.json");

    public static Schema OpenShift() => Read("schemas/openshift.json");

    /// <summary>What is wrong with <paramref name="item"/>; null when there is no definition of its kind.</summary>
    public List<string>? Errors(JsonObject item)
    {
        var (group, version) = ((string)item["apiVersion"]!).Split('/') is [{ } left, { } right] ? (left, right) : ("", (string)item["apiVersion"]!);
        var kind = (string)item["kind"]!;
        // Names end in group, version and kind; OpenShift's groups are named by their first word.
        var ending = $".{group.Split('.')[0]}.{version}.{kind}";
        var core = $".core.{version}.{kind}";
        var name = definitions.Select(entry => entry.Key).SingleOrDefault(key => key.EndsWith(group.Length == 0 ? core : ending, StringComparison.Ordinal));
        if (name is null) return null;
        var errors = new List<string>();
        Check(item, definitions[name]!.AsObject(), kind, errors);
        return errors;
    }

    private void Check(JsonNode? value, JsonObject schema, string path, List<string> errors)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            Check(value, definitions[reference["#/definitions/".Length..]]!.AsObject(), path, errors);
            return;
        }

        var format = (string?)schema["format"];
        switch ((string?)schema["type"])
        {
            case null or "object":
                if (value is JsonObject branch) CheckObject(branch, schema, path, errors);
                else errors.Add($"{path}: it must be an object.");
                break;
            case "array":
                if (value is not JsonArray list) errors.Add($"{path}: it must be a list.");
                else foreach (var (index, item) in list.Index()) Check(item, schema["items"]!.AsObject(), $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", errors);
                break;
            case "string":
                var kind = value?.GetValueKind();
                if (kind != JsonValueKind.String && !(format == "int-or-string" && kind == JsonValueKind.Number)) errors.Add($"{path}: it must be text, not {value?.ToJsonString() ?? "null"}.");
                else if (schema["description"] is { } words && ((string)words!).StartsWith("Quantity", StringComparison.Ordinal) && !Quantity().IsMatch((string)value!)) errors.Add($"{path}: {value} is no quantity.");
                break;
            case "integer":
                if (value?.GetValueKind() != JsonValueKind.Number || !long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number)) errors.Add($"{path}: it must be a whole number, not {value?.ToJsonString() ?? "null"}.");
                else if (format == "int32" && number is < int.MinValue or > int.MaxValue) errors.Add($"{path}: {number} is too large.");
                break;
            case "boolean":
                if (value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) errors.Add($"{path}: it must be true or false, not {value?.ToJsonString() ?? "null"}.");
                break;
            case { } other:
                errors.Add($"{path}: the schema's type {other} is not known here.");
                break;
        }
    }

    private void CheckObject(JsonObject value, JsonObject schema, string path, List<string> errors)
    {
        var properties = schema["properties"]?.AsObject();
        var additional = schema["additionalProperties"];
        foreach (var (key, item) in value)
        {
            if (properties?[key] is JsonObject property) Check(item, property, $"{path}.{key}", errors);
            else if (additional is JsonObject each) Check(item, each, $"{path}.{key}", errors);
            // A definition without properties takes anything, an empty struct of Go nothing; both look alike, and only
            // "binary: {}" is one of them here.
            else errors.Add($"{path}: {key} is not known.");
        }

        foreach (var key in schema["required"]?.AsArray() ?? [])
        {
            if (!value.ContainsKey((string)key!)) errors.Add($"{path}: {key} is missing.");
        }
    }

    private static Schema Read(string file) => new(JsonNode.Parse(SharedData.Read(file))!["definitions"]!.AsObject());

    [GeneratedRegex(@"^[+-]?(\d+|\d+\.\d+|\d+\.|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$")]
    private static partial Regex Quantity();
}
