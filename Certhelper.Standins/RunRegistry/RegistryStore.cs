using System.Collections.Concurrent;
using System.Globalization;
using Certhelper.Standins.Facts;

namespace Certhelper.Standins.RunRegistry;

/// <summary>What somebody changed of a dataset, and of its run.</summary>
internal sealed record ChangedDataset(
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyDictionary<string, object?> RunAttributes,
    IReadOnlyDictionary<string, IReadOnlyList<StatusRange>> Statuses);

/// <summary>Runs and datasets of the registry, with what was changed while the process runs.</summary>
internal sealed class RegistryStore
{
    private readonly FactStore _facts;
    private readonly List<RegistryRun> _runs;
    private readonly List<RegistryDataset> _datasets;
    private readonly ConcurrentDictionary<(int Run, string Name), ChangedDataset> _changed = [];

    public RegistryStore(FactStore facts)
    {
        _facts = facts;
        var oms = facts.Runs().ToDictionary(row => row.Integer("run_number")!.Value);
        _runs = [.. facts.RegistryRuns.Select(line => RegistryRun.Of(line, oms.GetValueOrDefault(Number(line))))];
        var byNumber = _runs.ToDictionary(run => run.Number);
        _datasets = [.. facts.Datasets.Select(line => RegistryDataset.Of(line, byNumber[Number(line)]))];
    }

    public IReadOnlyDictionary<(int Run, string Name), ChangedDataset> Changes => _changed;

    public IReadOnlyList<RegistryDataset> Datasets()
    {
        var datasets = _datasets.Append(Ongoing()).ToList();
        foreach (var ((run, name), change) in _changed)
        {
            var index = datasets.FindIndex(dataset => dataset.Run.Number == run && dataset.Name == name);
            var dataset = index >= 0 ? datasets[index] : RegistryDataset.New(RunOf(run), name);
            var changed = dataset with
            {
                Attributes = Merge(dataset.Attributes, change.Attributes),
                Run = dataset.Run with { RegistryAttributes = Merge(dataset.Run.RegistryAttributes, change.RunAttributes) },
                Statuses = Merge(dataset.Statuses, change.Statuses),
                Version = dataset.Version + 1,
            };
            if (index >= 0) datasets[index] = changed;
            else datasets.Add(changed);
        }

        return datasets;
    }

    public IReadOnlyList<RegistryRun> Runs()
    {
        var changes = _changed.Where(change => change.Value.RunAttributes.Count > 0).ToLookup(change => change.Key.Run, change => change.Value.RunAttributes);
        return
        [
            .. _runs.Append(Ongoing().Run).Select(run => changes[run.Number].Aggregate(
                run, (before, attributes) => before with { RegistryAttributes = Merge(before.RegistryAttributes, attributes) })),
        ];
    }

    /// <summary>Changes a dataset; one that nobody knew appears. False when neither registry nor OMS knows the run.</summary>
    public bool Change(int run, string name, ChangedDataset change)
    {
        if (_runs.TrueForAll(known => known.Number != run) && _facts.FindRun(run) is null) return false;
        _changed.AddOrUpdate((run, name), change, (_, before) => new ChangedDataset(
            Merge(before.Attributes, change.Attributes), Merge(before.RunAttributes, change.RunAttributes), Merge(before.Statuses, change.Statuses)));
        return true;
    }

    public void Reset(int? run = null)
    {
        foreach (var key in _changed.Keys.Where(key => run is null || key.Run == run)) _changed.TryRemove(key, out _);
    }

    private RegistryRun RunOf(int number) => _runs.Find(run => run.Number == number) ?? Taken(number, "OPEN");

    // The registry polls OMS: the run that goes on is known as soon as it has begun, with the dataset "online" only.
    private RegistryDataset Ongoing() => RegistryDataset.New(Taken(OngoingRun.RunNumber, "OPEN"), RegistryDataset.Online);

    private RegistryRun Taken(int number, string state)
    {
        var oms = _facts.FindRun(number);
        var length = oms?.Number("last_lumisection_number") ?? (oms?.Number("delivered_lumi") is { } lumi && number == OngoingRun.RunNumber
            ? Math.Round(lumi / OngoingRun.LumiPerLumisection) : 0);
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["class"] = oms?.Flag("stable_beam") == true ? "Collisions26" : "Cosmics26",
            ["state"] = state,
            ["significant"] = true,
            ["stop_reason"] = null,
        };
        return new RegistryRun(number, attributes, RegistryRun.Copy(number, oms, length.ToString(CultureInfo.InvariantCulture)), 48_000_000m);
    }

    private static IReadOnlyDictionary<string, T> Merge<T>(IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T> changes)
    {
        if (changes.Count == 0) return before;
        var merged = new Dictionary<string, T>(before, StringComparer.Ordinal);
        foreach (var (name, value) in changes) merged[name] = value;
        return merged;
    }

    private static int Number(FactLine line) => int.Parse(line["run_number"]!, CultureInfo.InvariantCulture);
}
