using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Certhelper.Standins.Oms;

/// <summary>A parsed query string: filters, order, page, projection and extras.</summary>
internal sealed class OmsQuery
{
    public const int DefaultLimit = 10;
    public const int MaximumLimit = 100_000;

    private static readonly Dictionary<string, OmsOperator> Operators =
        Enum.GetValues<OmsOperator>().ToDictionary(op => op.ToString(), StringComparer.OrdinalIgnoreCase);

    private readonly OmsResource _resource;

    private OmsQuery(OmsResource resource) => _resource = resource;

    public List<OmsFilter> Filters { get; } = [];

    public List<(OmsField Field, bool Descending)> Order { get; } = [];

    /// <summary>The attributes asked for; null for all.</summary>
    public IReadOnlyList<string>? Projection { get; private set; }

    public int Offset { get; private set; }

    public int Limit { get; private set; } = DefaultLimit;

    public HashSet<string> Include { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static OmsQuery Parse(OmsResource resource, IQueryCollection parameters)
    {
        var query = new OmsQuery(resource);
        foreach (var (name, values) in parameters) query.Add(name, values);
        return query;
    }

    public bool Accepts(OmsRow row) => Filters.TrueForAll(filter => filter.Accepts(row));

    /// <summary>Rows in the order asked for; nulls last whichever way.</summary>
    public IEnumerable<OmsRow> Sort(IEnumerable<OmsRow> rows)
    {
        if (Order.Count == 0) return rows;
        var list = rows.ToList();
        var keys = Order;
        return list.Order(Comparer<OmsRow>.Create((left, right) => Compare(keys, left, right)));
    }

    private static int Compare(List<(OmsField Field, bool Descending)> keys, OmsRow left, OmsRow right)
    {
        foreach (var (field, descending) in keys)
        {
            var (a, b) = (left.Get(field.Name), right.Get(field.Name));
            if (a is null && b is null) continue;
            if (a is null) return 1;
            if (b is null) return -1;
            var order = OmsFilter.Compare(a, b);
            if (order != 0) return descending ? -order : order;
        }

        return 0;
    }

    private void Add(string name, StringValues values)
    {
        var parts = Parts(name);
        switch (parts[0].ToLowerInvariant())
        {
            case "filter":
                AddFilter(name, parts[1..], values);
                break;
            case "sort" when parts.Length <= 2:
                Order.AddRange(Split(values).Select(key => (Field(key.TrimStart('-')), key.StartsWith('-'))));
                break;
            case "page" when parts.Length == 2 && parts[1].Equals("offset", StringComparison.OrdinalIgnoreCase):
                Offset = PageNumber(name, values);
                break;
            case "page" when parts.Length == 2 && parts[1].Equals("limit", StringComparison.OrdinalIgnoreCase):
                Limit = PageNumber(name, values);
                if (Limit > MaximumLimit)
                    throw OmsError.BadRequest($"limit parameter value {Limit} is larger than the maximum allowed of of {MaximumLimit}");
                break;
            case "fields" when parts.Length == 1 || (parts.Length == 2 && parts[1] == _resource.Name):
                Projection = [.. Split(values).Select(attribute => Field(attribute).Name).Distinct()];
                break;
            case "include" when parts.Length == 1:
                Include.UnionWith(Split(values));
                break;
            case "group" when parts.Length == 2:
                // For rates and deadtimes; the resources played here have no groups.
                break;
            default:
                throw OmsError.BadParameter($"failed to parse parameter {name}");
        }
    }

    // filter[attribute], filter[attribute][OP], filter[type][attribute], filter[type][attribute][OP]
    private void AddFilter(string name, string[] parts, StringValues values)
    {
        var op = OmsOperator.Eq;
        var last = parts.Length - 1;
        if (last > 0 && Operators.TryGetValue(parts[last], out var named))
        {
            op = named;
            last--;
        }

        var typed = last == 1 && parts[0].Equals(_resource.Name, StringComparison.OrdinalIgnoreCase);
        if (last != 0 && !typed) throw OmsError.BadParameter($"failed to parse parameter {name}");
        Filters.Add(new OmsFilter(_resource.Name, Field(parts[last]), op, [.. values.Select(value => value ?? "")]));
    }

    private OmsField Field(string attribute) =>
        _resource.Fields.FirstOrDefault(field => field.Name == attribute) ?? throw OmsError.UnknownAttribute(_resource.Name, attribute);

    // "a[b][c]" → a, b, c
    private static string[] Parts(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return [name];
        if (!name.EndsWith(']')) throw OmsError.BadParameter($"failed to parse parameter {name}");
        var parts = name[(open + 1)..^1].Split("][");
        if (open == 0 || parts.Any(part => part.Length == 0 || part.Contains('[', StringComparison.Ordinal) || part.Contains(']', StringComparison.Ordinal)))
            throw OmsError.BadParameter($"failed to parse parameter {name}");
        return [name[..open], .. parts];
    }

    private static string[] Split(StringValues values) =>
        values.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int PageNumber(string name, StringValues values) =>
        int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw OmsError.BadParameter($"expected a Long for {name}=[{values}]");
}
