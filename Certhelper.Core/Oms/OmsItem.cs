using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Certhelper.Core.Storage;

namespace Certhelper.Core.Oms;

/// <summary>
/// One item of an OMS answer, read with tolerance: numbers come as 7224070 or 7224070.0 or text, lists as lists or text
/// with commas, anything may be null or absent, and so may the row's units.
/// </summary>
/// <param name="attributes">The item's <c>attributes</c>.</param>
/// <param name="rowMeta">The item's <c>meta.row</c>; undefined when absent.</param>
public readonly struct OmsItem(JsonElement attributes, JsonElement rowMeta)
{
    /// <summary>Reads an element of <c>data</c>; null when it has no attributes.</summary>
    public static OmsItem? From(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("attributes", out var attributes)
            || attributes.ValueKind != JsonValueKind.Object)
            return null;
        JsonElement row = default;
        if (element.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("row", out var found))
            row = found;
        return new OmsItem(attributes.Clone(), row.ValueKind == JsonValueKind.Object ? row.Clone() : default);
    }

    /// <summary>Whether the answer mentions the attribute at all, be it as null.</summary>
    public bool Has(string name) => attributes.TryGetProperty(name, out _);

    /// <summary>The row's unit of an attribute; null when it gives none.</summary>
    public string? Unit(string name) =>
        rowMeta.ValueKind == JsonValueKind.Object && rowMeta.TryGetProperty(name, out var entry)
        && entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("units", out var units)
        && units.ValueKind == JsonValueKind.String ? units.GetString() : null;

    public double? Double(string name)
    {
        if (!attributes.TryGetProperty(name, out var value)) return null;
        double number;
        if (value.ValueKind == JsonValueKind.Number) number = value.GetDouble();
        else if (value.ValueKind != JsonValueKind.String
            || !double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return null;
        return double.IsFinite(number) ? number : null;
    }

    public int? Int(string name) => Double(name) is { } number && number == Math.Floor(number)
        && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>A count; a negative one, as OMS has given, is as good as none.</summary>
    public int? Count(string name) => Int(name) is >= 0 and var number ? number : null;

    /// <summary>A number that names something: a run, a fill.</summary>
    public int? Positive(string name) => Int(name) is > 0 and var number ? number : null;

    public bool? Bool(string name)
    {
        if (!attributes.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => bool.TryParse(value.GetString(), out var parsed) ? parsed : null,
            JsonValueKind.Number => value.GetDouble() != 0,
            _ => null,
        };
    }

    public string? Text(string name)
    {
        if (!attributes.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => Texts.FitOrNull(value.GetString()),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>A time, in UTC: OMS writes ISO 8601 with Z, or a space and no zone.</summary>
    public DateTimeOffset? Time(string name) => DateTimeOffset.TryParse(
        Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>A list of words; newer answers have a list, older ones text with commas. Null when there is neither.</summary>
    public List<string>? Words(string name)
    {
        if (!attributes.TryGetProperty(name, out var value)) return null;
        var words = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!),
            JsonValueKind.String => value.GetString()!.Trim('[', ']').Split(',').Select(word => word.Trim(' ', '\'', '"')),
            _ => null,
        };
        return words?.Select(word => Texts.Fit(word.Trim())).Where(word => word.Length > 0).ToList();
    }

    /// <summary>Attributes and row units as JSON, to be kept.</summary>
    public string Body()
    {
        var body = new JsonObject { ["attributes"] = JsonNode.Parse(attributes.GetRawText()) };
        if (rowMeta.ValueKind == JsonValueKind.Object) body["row"] = JsonNode.Parse(rowMeta.GetRawText());
        // PostgreSQL's jsonb cannot hold the NUL character.
        return body.ToJsonString().Replace("\\u0000", "", StringComparison.Ordinal);
    }
}
