using System.Text.Json;
using Certhelper.Standins.Facts;
using Certhelper.Standins.Oms;
using Certhelper.Standins.RunRegistry;

namespace Certhelper.Standins.Control;

/// <summary>Reads changes of facts from JSON; whatever is wrong is a <see cref="FormatException"/> that says so.</summary>
internal static class Changes
{
    private static readonly string[] RunAttributes = ["class", "state", "significant", "stop_reason", "short_run"];

    /// <summary>
    /// Attributes of an OMS run with their new values; besides, <c>units</c> (attribute → unit, empty takes it away,
    /// <c>*</c> all) and <c>remove</c> (attributes that the row shall not have).
    /// </summary>
    public static ChangedRun OfRun(JsonElement body, DateTimeOffset now)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            // A changed row says so, unless the change itself says when.
            ["last_update"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        };
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        var removed = new List<string>();
        foreach (var property in Properties(body))
        {
            switch (property.Name)
            {
                case "units":
                    foreach (var unit in Properties(property.Value)) units[unit.Name] = unit.Value.GetString() ?? "";
                    break;
                case "remove":
                    removed.AddRange(Strings(property.Value));
                    break;
                default:
                    values[property.Name] = Value(property);
                    break;
            }
        }

        return new ChangedRun(values, units, removed);
    }

    /// <summary><c>run</c> and <c>name</c>, then states (<c>tracker_state</c>, …), attributes of the run (<c>class</c>, …) and <c>statuses</c> in the compact form.</summary>
    public static (int Run, string Name, ChangedDataset Change) OfDataset(JsonElement body)
    {
        int? run = null;
        string? name = null;
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var runAttributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var statuses = new Dictionary<string, IReadOnlyList<StatusRange>>(StringComparer.Ordinal);
        foreach (var property in Properties(body))
        {
            if (property.Name == "run" && property.Value.ValueKind == JsonValueKind.Number) run = property.Value.GetInt32();
            else if (property.Name == "name") name = property.Value.GetString();
            else if (property.Name == "statuses") foreach (var component in Properties(property.Value)) statuses[component.Name] = Statuses(component);
            else if (property.Name.EndsWith("_state", StringComparison.Ordinal)) attributes[property.Name] = Plain(property);
            else if (RunAttributes.Contains(property.Name)) runAttributes[property.Name] = Plain(property);
            else throw new FormatException($"\"{property.Name}\" is neither a workspace's state nor one of {string.Join(", ", RunAttributes)}.");
        }

        return run is { } number && !string.IsNullOrEmpty(name)
            ? (number, name, new ChangedDataset(attributes, runAttributes, statuses))
            : throw new FormatException("\"run\" and \"name\" say which dataset (example: {\"run\":386951,\"name\":\"/Express/Collisions2024/DQM\",\"tracker_state\":\"COMPLETED\"}).");
    }

    /// <summary><c>roles</c>: a list, or null for a token without the claim.</summary>
    public static IReadOnlyList<string>? OfRoles(JsonElement body)
    {
        var roles = Properties(body).FirstOrDefault(property => property.Name == "roles");
        return roles.Value.ValueKind switch
        {
            JsonValueKind.Array => Strings(roles.Value),
            JsonValueKind.Null => null,
            _ => throw new FormatException("\"roles\" is a list or null (example: {\"roles\":[\"shifter\"]})."),
        };
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object ? body.EnumerateObject() : throw new FormatException("A JSON object is expected.");

    private static string[] Strings(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")]
        : throw new FormatException("A list of texts is expected.");

    private static IReadOnlyList<StatusRange> Statuses(JsonProperty component)
    {
        try
        {
            return StatusRuns.Parse($"{component.Name}={component.Value.GetString()}")[component.Name];
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("Statuses are letters with counts of lumisections (example: \"S31|G304|B2:no high voltage\"); letters are G B S X N E V.");
        }
    }

    private static object? Value(JsonProperty property)
    {
        var field = OmsSchema.Runs.FirstOrDefault(field => field.Name == property.Name)
            ?? throw new FormatException($"OMS runs have no attribute \"{property.Name}\".");
        return (field.Type, property.Value.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (OmsType.Integer or OmsType.Float, JsonValueKind.Number) => property.Value.GetDecimal(),
            (OmsType.Boolean, JsonValueKind.True or JsonValueKind.False) => property.Value.GetBoolean(),
            (OmsType.String or OmsType.Date, JsonValueKind.String) => property.Value.GetString(),
            (OmsType.List, JsonValueKind.Array) => Strings(property.Value),
            _ => throw new FormatException($"\"{property.Name}\" is of type {field.Type}."),
        };
    }

    private static object? Plain(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => property.Value.GetString(),
        JsonValueKind.True or JsonValueKind.False => property.Value.GetBoolean(),
        JsonValueKind.Number => property.Value.GetDecimal(),
        _ => throw new FormatException($"\"{property.Name}\" is a text, a number, true, false or null."),
    };
}
