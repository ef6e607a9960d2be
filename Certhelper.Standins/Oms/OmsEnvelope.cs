using System.Globalization;
using System.Text.Json.Nodes;

namespace Certhelper.Standins.Oms;

/// <summary>Writes rows and errors as OMS does: JSON:API with its own <c>meta.row</c> for units.</summary>
internal static class OmsEnvelope
{
    public const string ContentType = "application/vnd.api+json";

    public static JsonObject List(OmsResource resource, OmsQuery query, IReadOnlyList<OmsRow> page, int total, string self, string root)
    {
        var envelope = new JsonObject { ["data"] = new JsonArray([.. page.Select(row => Item(resource, query, row, root))]) };
        if (query.Include.Contains("data_only")) return envelope;
        if (!query.Include.Contains("turbo"))
        {
            envelope["links"] = Links(resource, query, total, self);
            envelope["meta"] = new JsonObject { ["totalResourceCount"] = total };
        }

        AddMeta(envelope, resource, query);
        return envelope;
    }

    public static JsonObject Single(OmsResource resource, OmsQuery query, OmsRow? row, string root)
    {
        var envelope = new JsonObject { ["data"] = row is null ? null : Item(resource, query, row, root) };
        AddMeta(envelope, resource, query);
        return envelope;
    }

    public static JsonObject Meta(OmsResource resource)
    {
        var fields = new JsonObject();
        foreach (var field in resource.Fields)
        {
            fields[field.Name] = new JsonObject
            {
                ["title"] = field.Title,
                ["description"] = field.Title,
                ["units"] = field.Units,
                ["api_type"] = field.Type == OmsType.List ? "STRING" : field.Type.ToString().ToUpperInvariant(),
                ["sortable"] = field.Type != OmsType.List,
                ["searchable"] = true,
                ["projectable"] = true,
            };
        }

        return new JsonObject
        {
            ["fields"] = fields,
            ["fields_order"] = new JsonArray([.. resource.Fields.Select(field => JsonValue.Create(field.Name))]),
        };
    }

    public static JsonObject Error(OmsError error) => new()
    {
        ["errors"] = new JsonArray(new JsonObject
        {
            ["status"] = error.Status.ToString(CultureInfo.InvariantCulture),
            ["title"] = error.Title,
            ["detail"] = error.Message,
        }),
    };

    private static void AddMeta(JsonObject envelope, OmsResource resource, OmsQuery query)
    {
        if (!query.Include.Contains("meta")) return;
        var meta = envelope["meta"] as JsonObject ?? [];
        envelope["meta"] = meta;
        foreach (var (name, value) in Meta(resource).ToList()) meta[name] = value?.DeepClone();
    }

    private static JsonObject Item(OmsResource resource, OmsQuery query, OmsRow row, string root)
    {
        var self = $"{root}/{resource.Name}/{row.Id}";
        var attributes = new JsonObject();
        var units = new JsonObject();
        foreach (var name in query.Projection ?? row.Attributes)
        {
            if (!row.TryGet(name, out var value)) continue;
            attributes[name] = Json(resource, name, value, query);
            if (row.Unit(name) is { } unit) units[name] = new JsonObject { ["units"] = unit };
        }

        var item = new JsonObject { ["id"] = row.Id, ["type"] = resource.Name, ["attributes"] = attributes };
        if (query.Projection is null && resource.Relations.Count > 0) item["relationships"] = Relationships(resource, self);
        item["links"] = new JsonObject { ["self"] = self };
        if (units.Count > 0) item["meta"] = new JsonObject { ["row"] = units };
        return item;
    }

    private static JsonObject Relationships(OmsResource resource, string self)
    {
        var relationships = new JsonObject();
        foreach (var relation in resource.Relations)
        {
            relationships[relation] = new JsonObject
            {
                ["links"] = new JsonObject { ["self"] = $"{self}/relationships/{relation}", ["related"] = $"{self}/{relation}" },
            };
        }

        return relationships;
    }

    private static JsonNode? Json(OmsResource resource, string name, object? value, OmsQuery query)
    {
        if (value is string time && query.Include.Contains("presentation_timestamp") && resource.Fields.Any(field => field.Name == name && field.Type == OmsType.Date))
            return time.Replace('T', ' ').TrimEnd('Z');
        return value switch
        {
            null => null,
            decimal number => JsonValue.Create(number),
            bool flag => JsonValue.Create(flag),
            string text => JsonValue.Create(text),
            string[] list => new JsonArray([.. list.Select(item => JsonValue.Create(item))]),
            _ => throw new InvalidOperationException($"{name} has a value of an unknown type."),
        };
    }

    // The server writes the query anew, in its typed form and in its own order.
    private static JsonObject Links(OmsResource resource, OmsQuery query, int total, string self)
    {
        var last = query.Limit == 0 || total == 0 ? 0 : (total - 1) / query.Limit * query.Limit;
        string At(int offset)
        {
            var parts = new List<string> { $"page[limit]={query.Limit.ToString(CultureInfo.InvariantCulture)}" };
            if (query.Projection is { } projection) parts.Add($"fields[{resource.Name}]={string.Join("%2C", projection)}");
            if (query.Order.Count > 0) parts.Add($"sort[{resource.Name}]={string.Join("%2C", query.Order.Select(key => (key.Descending ? "-" : "") + key.Field.Name))}");
            parts.AddRange(query.Filters.SelectMany(filter => filter.Texts.Select(text =>
                $"filter[{resource.Name}][{filter.Field.Name}][{filter.Operator.ToString().ToUpperInvariant()}]={Uri.EscapeDataString(text)}")));
            if (offset > 0) parts.Add($"page[offset]={offset.ToString(CultureInfo.InvariantCulture)}");
            return $"{self}?{string.Join('&', parts)}";
        }

        var next = query.Offset + query.Limit;
        return new JsonObject
        {
            ["first"] = At(0),
            ["last"] = At(last),
            ["next"] = query.Limit > 0 && next < total ? At(next) : null,
            ["prev"] = query.Offset > 0 && total > 0 ? At(Math.Max(0, query.Offset - query.Limit)) : null,
        };
    }
}
