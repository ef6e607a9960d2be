namespace Certhelper.Standins.Facts;

/// <summary>
/// One line of a data file: attribute → text of its value. An attribute without text is null, one that is not there is
/// missing, as in answers of an older schema. Numbers keep the digits that were recorded.
/// </summary>
internal sealed class FactLine
{
    private readonly Dictionary<string, string?> _cells = new(StringComparer.Ordinal);

    /// <summary>Unit of the attributes whose unit changes from row to row.</summary>
    public Dictionary<string, string> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Attributes taken from published facts. Everything else in the line was derived.</summary>
    public SortedSet<string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>The whole line is one recorded answer.</summary>
    public bool Recorded { get; set; }

    public IReadOnlyDictionary<string, string?> Cells => _cells;

    /// <summary>Sets a derived value, reads any.</summary>
    public string? this[string name]
    {
        get => _cells.GetValueOrDefault(name);
        set => _cells[name] = value;
    }

    /// <summary>Sets a value that was published.</summary>
    public void Publish(string name, string? value)
    {
        _cells[name] = value;
        Known.Add(name);
    }

    public void Remove(string name) => _cells.Remove(name);

    public void Measure(string unit, params IEnumerable<string> names)
    {
        foreach (var name in names) Units[name] = unit;
    }
}
