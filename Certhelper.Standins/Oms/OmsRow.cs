using System.Globalization;
using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Oms;

/// <summary>One row of a resource. Values are decimal, bool, string (also for dates), string[] or null; an attribute may be missing.</summary>
internal abstract class OmsRow
{
    public abstract string Id { get; }

    /// <summary>The attributes that this row has.</summary>
    public abstract IEnumerable<string> Attributes { get; }

    public abstract bool TryGet(string attribute, out object? value);

    /// <summary>The unit of an attribute whose unit depends on the row.</summary>
    public abstract string? Unit(string attribute);

    public object? Get(string attribute) => TryGet(attribute, out var value) ? value : null;

    public decimal? Number(string attribute) => Get(attribute) as decimal?;

    public int? Integer(string attribute) => (int?)Number(attribute);

    public string? Text(string attribute) => Get(attribute) as string;

    public bool? Flag(string attribute) => Get(attribute) as bool?;

    public DateTimeOffset? Time(string attribute) => Text(attribute) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}

/// <summary>A row that is held as a table of values.</summary>
internal sealed class TableRow(string id, IReadOnlyDictionary<string, object?> values, IReadOnlyDictionary<string, string> units) : OmsRow
{
    public override string Id => id;

    public override IEnumerable<string> Attributes => values.Keys;

    public IReadOnlyDictionary<string, object?> Values => values;

    public IReadOnlyDictionary<string, string> Units => units;

    public override bool TryGet(string attribute, out object? value) => values.TryGetValue(attribute, out value);

    public override string? Unit(string attribute) => units.GetValueOrDefault(attribute);

    /// <summary>Reads a line of a data file by the types of the schema.</summary>
    public static TableRow Of(FactLine line, IReadOnlyList<OmsField> schema, Func<FactLine, string> id) => new(
        id(line),
        schema.Where(field => line.Cells.ContainsKey(field.Name))
            .ToDictionary(field => field.Name, field => Value(field.Type, line[field.Name]), StringComparer.Ordinal),
        line.Units);

    private static object? Value(OmsType type, string? text)
    {
        if (type == OmsType.List) return text?.Split(',') ?? [];
        if (text is null) return null;
        return type switch
        {
            OmsType.Integer or OmsType.Float => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            OmsType.Boolean => bool.Parse(text),
            OmsType.String or OmsType.Date => text,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }
}
