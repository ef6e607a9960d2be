using System.Collections.Concurrent;
using System.Globalization;
using Certhelper.Standins.Oms;

namespace Certhelper.Standins.Facts;

/// <summary>The data set in memory, with what was changed while the process runs.</summary>
internal sealed class FactStore
{
    private const string AllUnits = "*";

    private readonly TimeProvider _time;
    private readonly OngoingRun _ongoing;
    private readonly List<TableRow> _runs;
    private readonly List<TableRow> _fills;
    private readonly ConcurrentDictionary<int, ChangedRun> _changed = [];

    public FactStore(TimeProvider time)
    {
        _time = time;
        _ongoing = new OngoingRun(time.GetUtcNow());
        _runs = [.. FactFile.Read(DataFiles.Runs).Select(line => TableRow.Of(line, OmsSchema.Runs, row => row["run_number"]!))];
        _fills = [.. FactFile.Read(DataFiles.Fills).Select(line => TableRow.Of(line, OmsSchema.Fills, row => row["fill_number"]!))];
        RecordedLumisections = FactFile.Read(DataFiles.Lumisections)
            .Select(line => TableRow.Of(line, OmsSchema.Lumisections, row => $"{row["run_number"]}_{row["lumisection_number"]}"))
            .ToLookup(row => row.Integer("run_number")!.Value);
        RegistryRuns = FactFile.Read(DataFiles.RegistryRuns);
        Datasets = FactFile.Read(DataFiles.Datasets);
    }

    /// <summary>Runs of which every lumisection was recorded.</summary>
    public ILookup<int, TableRow> RecordedLumisections { get; }

    public IReadOnlyList<FactLine> RegistryRuns { get; }

    public IReadOnlyList<FactLine> Datasets { get; }

    /// <summary>Runs as they are now: the data set, the ongoing run, and changes on top.</summary>
    public IReadOnlyList<TableRow> Runs()
    {
        var runs = _runs.Append(_ongoing.Run(_time.GetUtcNow())).ToList();
        if (_changed.IsEmpty) return runs;

        var known = runs.Select(row => row.Integer("run_number")!.Value).ToHashSet();
        return
        [
            .. runs.Select(row => _changed.TryGetValue(row.Integer("run_number")!.Value, out var change) ? With(row, change) : row)
                .Concat(_changed.Where(change => !known.Contains(change.Key)).Select(change => Appeared(change.Key, change.Value)))
                .OrderBy(row => row.Integer("run_number")),
        ];
    }

    public IReadOnlyList<TableRow> Fills() => [.. _fills, _ongoing.Fill(_time.GetUtcNow())];

    public TableRow? FindRun(int run) => Runs().FirstOrDefault(row => row.Integer("run_number") == run);

    public TableRow? FindFill(int fill) => Fills().FirstOrDefault(row => row.Integer("fill_number") == fill);

    /// <summary>Changes some attributes of a run; a run that nobody knew appears.</summary>
    public void Change(int run, ChangedRun change) => _changed.AddOrUpdate(run, change, (_, before) => before.Then(change));

    /// <summary>Takes back the changes of one run, or of all.</summary>
    public void Reset(int? run = null)
    {
        if (run is { } number) _changed.TryRemove(number, out _);
        else _changed.Clear();
    }

    public IReadOnlyDictionary<int, ChangedRun> Changes => _changed;

    private static TableRow With(TableRow row, ChangedRun change)
    {
        var values = new Dictionary<string, object?>(row.Values, StringComparer.Ordinal);
        foreach (var (name, value) in change.Values) values[name] = value;
        foreach (var name in change.Removed) values.Remove(name);
        var units = new Dictionary<string, string>(row.Units, StringComparer.Ordinal);
        foreach (var (name, unit) in change.Units)
        {
            if (name == AllUnits) units.Clear();
            else if (unit.Length == 0) units.Remove(name);
            else units[name] = unit;
        }

        return new TableRow(row.Id, values, units);
    }

    private static TableRow Appeared(int run, ChangedRun change)
    {
        var empty = OmsSchema.Runs.ToDictionary(field => field.Name, field => field.Type == OmsType.List ? Array.Empty<string>() : (object?)null, StringComparer.Ordinal);
        empty["run_number"] = (decimal)run;
        empty["sequence"] = "GLOBAL-RUN";
        empty["stable_beam"] = false;
        return With(new TableRow(run.ToString(CultureInfo.InvariantCulture), empty, new Dictionary<string, string>()), change);
    }
}
