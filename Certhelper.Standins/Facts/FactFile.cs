namespace Certhelper.Standins.Facts;

/// <summary>
/// The format of the data files: tab-separated, a heading line, one line per row; an empty cell is null, a dash is an
/// attribute that the row does not have. The last two columns hold the row's units and say what is derived.
/// </summary>
internal static class FactFile
{
    private const string Missing = "-";
    private const string UnitsColumn = "units";
    private const string OriginColumn = "origin";
    private const string Recorded = "recorded";
    private const string Derived = "derived";

    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<FactLine> lines)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine(string.Join('\t', [.. columns, UnitsColumn, OriginColumn]));
        foreach (var line in lines)
        {
            var cells = columns.Select(column => line.Cells.TryGetValue(column, out var text) ? Escape(text) : Missing);
            writer.WriteLine(string.Join('\t', [.. cells, UnitsOf(line), OriginOf(line)]));
        }
    }

    /// <summary>Reads a file of the data set that this assembly carries.</summary>
    public static IReadOnlyList<FactLine> Read(string name)
    {
        using var stream = typeof(FactFile).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"The data set has no {name}.");
        using var reader = new StreamReader(stream);
        var columns = reader.ReadLine()?.Split('\t') ?? throw new InvalidDataException($"{name} is empty.");
        var lines = new List<FactLine>();
        while (reader.ReadLine() is { } text) lines.Add(Parse(columns, text.Split('\t')));
        return lines;
    }

    private static FactLine Parse(string[] columns, string[] cells)
    {
        var line = new FactLine();
        for (var i = 0; i < columns.Length; i++)
        {
            switch (columns[i])
            {
                case UnitsColumn:
                    ReadUnits(line, cells[i]);
                    break;
                case OriginColumn:
                    line.Recorded = cells[i] == Recorded;
                    if (!line.Recorded) line.Known.UnionWith(cells[i].Split(' ').Skip(2));
                    break;
                default:
                    if (cells[i] != Missing) line[string.Intern(columns[i])] = Unescape(cells[i]);
                    break;
            }
        }

        return line;
    }

    // unit=attribute,attribute;unit=… keeps the column short: a row has two or three units.
    private static string UnitsOf(FactLine line) => string.Join(';', line.Units
        .GroupBy(unit => unit.Value, unit => unit.Key)
        .Select(group => $"{group.Key}={string.Join(',', group.Order(StringComparer.Ordinal))}"));

    private static void ReadUnits(FactLine line, string cell)
    {
        foreach (var group in cell.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = group.Split('=', 2);
            line.Measure(string.Intern(parts[0]), parts[1].Split(','));
        }
    }

    private static string OriginOf(FactLine line)
    {
        if (line.Recorded) return Recorded;
        return line.Known.Count == 0 ? Derived : $"{Derived} but {string.Join(' ', line.Known)}";
    }

    private static string Escape(string? text) =>
        (text ?? "").Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string? Unescape(string cell)
    {
        if (cell.Length == 0) return null;
        return cell.Contains('\\', StringComparison.Ordinal)
            ? cell.Replace(@"\\", "\0", StringComparison.Ordinal).Replace(@"\n", "\n", StringComparison.Ordinal).Replace("\0", @"\", StringComparison.Ordinal)
            : string.Intern(cell);
    }
}
