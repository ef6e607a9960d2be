using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Generate;

/// <summary>
/// Writes the data set from published facts: <c>generate &lt;folder of the facts&gt; &lt;output folder&gt;</c>. The same facts
/// give the same files, byte by byte.
/// </summary>
internal sealed class Generator
{
    // Consecutive fills of a week or so; between them cosmics runs are placed.
    private static readonly int[][] Blocks =
    [
        [6615, 6616, 6617],
        [7040, 7042, 7043, 7045, 7047, 7048, 7052, 7053, 7054, 7055, 7056, 7058],
        [7217, 7218, 7220, 7221, 7234, 7236, 7239, 7240],
        [7444, 7446, 7447, 7448, 7449, 7450, 7453, 7454],
        [7960, 7963, 7965, 7966, 7967, 7969, 7978],
        [9043, 9044, 9045, 9046, 9049, 9050, 9055, 9056, 9057, 9059, 9062, 9063, 9066, 9067, 9068, 9070, 9072, 9073],
        [9309, 9310, 9312, 9314, 9316, 9317, 9319],
    ];

    private const int CosmicsPerBlock = 5;
    private const int OnlyInRegistry = 386600;

    private readonly GoldenRanges _golden;
    private readonly RecordedAnswers _recorded;
    private readonly IReadOnlyDictionary<int, FillExport> _export;
    private readonly RegistryFacts _registry;
    private readonly SortedDictionary<int, FactLine> _runs = [];
    private readonly SortedDictionary<int, FactLine> _fills = [];
    private readonly Dictionary<int, FactLine> _recordedRuns;

    private Generator(string facts)
    {
        _golden = GoldenRanges.Load(Path.Combine(facts, "golden"));
        _recorded = new RecordedAnswers(facts);
        _export = FillExport.Load(Path.Combine(facts, "fills", "fills-2010-2023.tsv"));
        _registry = new RegistryFacts(_golden);
        _recordedRuns = _recorded.Runs().ToDictionary(Number);
    }

    public static int Run(string[] args)
    {
        if (args is not [_, var facts, var output] || !Directory.Exists(facts))
        {
            Console.Error.WriteLine("usage: generate <folder of the facts> <output folder>");
            return 2;
        }

        new Generator(facts).Write(output);
        return 0;
    }

    private void Write(string output)
    {
        for (var i = 0; i < Blocks.Length; i++)
        {
            // The first block has recorded cosmics runs of its own.
            AddBlock([.. Blocks[i].Select(number => _export[number])], i == 0 ? 0 : CosmicsPerBlock);
        }

        AddBlock(Autumn2024.Fills(_golden), CosmicsPerBlock);
        AddRunsOfFill(_export[5960], 299327, 299329);
        AddRunsOfFill(_export[6919], 319579);
        _fills[5839] = FillFacts.Of(_export[5839], _export[5839].End.AddMinutes(5));
        AddKnownCosmics();
        AddRecorded();
        Oddities.Apply(_runs);

        Directory.CreateDirectory(output);
        FactFile.Write(Path.Combine(output, DataFiles.Runs), DataFiles.RunColumns, _runs.Values);
        FactFile.Write(Path.Combine(output, DataFiles.Fills), DataFiles.FillColumns, _fills.Values);
        FactFile.Write(Path.Combine(output, DataFiles.Lumisections), DataFiles.LumisectionColumns, _recorded.Lumisections());
        FactFile.Write(Path.Combine(output, DataFiles.RegistryRuns), DataFiles.RegistryRunColumns, _registry.Runs.OrderBy(Number));
        FactFile.Write(
            Path.Combine(output, DataFiles.Datasets),
            DataFiles.DatasetColumns,
            _registry.Datasets.OrderBy(Number).ThenBy(line => line["name"], StringComparer.Ordinal));
    }

    private void AddBlock(IReadOnlyList<FillExport> block, int cosmics)
    {
        var starts = block.ToDictionary(fill => fill.Number, fill => fill.Created);
        for (var i = 0; i < block.Count; i++)
        {
            var fill = block[i];
            // The next fill is declared when this one's beams are gone, if none was made in between.
            var end = starts.TryGetValue(fill.Number + 1, out var next) && next > fill.End ? next : fill.End.AddMinutes(5);
            _fills[fill.Number] = FillFacts.Of(fill, end);
            foreach (var run in FillPlanner.Plan(fill, _golden)) Add(run);
        }

        foreach (var (run, start, end, ownFill) in CosmicsBetweenFills.Between(block, cosmics))
        {
            Add(run);
            if (ownFill) _fills[run.FillNumber!.Value] = FillFacts.Empty(run.FillNumber.Value, start, end, [run.Number]);
        }
    }

    // Some runs of a fill whose other runs are not played.
    private void AddRunsOfFill(FillExport fill, params int[] runs)
    {
        _fills[fill.Number] = FillFacts.Of(fill, fill.End.AddMinutes(5));
        foreach (var run in FillPlanner.Plan(fill, _golden).Where(run => runs.Contains(run.Number))) Add(run);
    }

    private void AddKnownCosmics()
    {
        foreach (var known in KnownRuns.Cosmics)
        {
            var run = new PlannedRun(known.Run, known.Lumisections, known.Start)
            {
                Cosmics = true,
                FillNumber = known.Fill,
                Delivered = 0,
                Recorded = 0,
                InitLumi = 0,
                EndLumi = 0,
            };
            Add(run);
            _runs[known.Run].Publish("b_field", Text.Of(known.BField));
        }

        foreach (var fill in KnownRuns.Cosmics.GroupBy(run => run.Fill))
            _fills[fill.Key] = FillFacts.Empty(fill.Key, fill.Min(run => run.Start).AddHours(-2), fill.Max(run => run.Start).AddHours(14), [.. fill.Select(run => run.Run)]);
    }

    private void AddRecorded()
    {
        foreach (var line in _recorded.Fills()) _fills[Number(line, "fill_number")] = line;
        AddIonFills();
        foreach (var (number, line) in _recordedRuns) _runs[number] = line;
        foreach (var (number, count) in _recorded.LumisectionCounts())
        {
            if (_runs.TryGetValue(number, out var line) && !line.Recorded) line.Publish("last_lumisection_number", Text.Of(count));
        }

        foreach (var run in _recorded.RegistryRuns()) _registry.AddRecorded(run);
        foreach (var dataset in _recorded.RegistryDatasets()) _registry.AddRecordedDataset(dataset);
        _fills[7968] = FillFacts.Empty(7968, new(2022, 7, 12, 8, 30, 0, TimeSpan.Zero), new(2022, 7, 12, 22, 47, 0, TimeSpan.Zero), [355555, 355556]);
        foreach (var line in _recordedRuns.Values.Where(line => Number(line) is not (315268 or 315269 or 355555 or 355556)))
            _registry.Add(AsPlanned(line));
        AddRunOnlyInRegistry();
    }

    // Recorded ion fills name their first and last run; the last one took the collisions.
    private void AddIonFills()
    {
        foreach (var number in new[] { 7480, 7481, 7482, 7483 })
        {
            var line = _fills[number];
            var fill = AsExport(line);
            var cosmics = new PlannedRun(Number(line, "first_run_number"), 60, fill.Begin.AddMinutes(-75))
            { Cosmics = true, Fill = fill, FillNumber = number, Delivered = 0, Recorded = 0, InitLumi = 0, EndLumi = 0 };
            Add(cosmics);
            Add(FillPlanner.Plan(fill with { Runs = [Number(line, "last_run_number")] }, _golden)[0]);
        }

        foreach (var run in new[] { 327560, 327564 })
        {
            var line = _recordedRuns[run];
            var fill = AsExport(_fills[7483]) with
            {
                Number = Number(line, "fill_number"),
                Created = Time(line, "start_time").AddHours(-2),
                Begin = Time(line, "start_time").AddMinutes(4),
                End = Time(line, "end_time").AddMinutes(-2),
                Delivered = Value(line, "delivered_lumi"),
                Recorded = Value(line, "recorded_lumi"),
                PeakLumi = Value(line, "init_lumi"),
                Runs = run == 327560 ? [327560] : [327561, 327564],
                Published = false,
            };
            _fills[fill.Number] = FillFacts.Of(fill, fill.End.AddMinutes(5));
        }
    }

    private void AddRunOnlyInRegistry()
    {
        var run = new PlannedRun(OnlyInRegistry, 44, new(2024, 10, 3, 2, 0, 0, TimeSpan.Zero))
        { Cosmics = true, Delivered = 0, Recorded = 0, InitLumi = 0, EndLumi = 0 };
        _registry.Add(run);
        _registry.Runs[^1]["only_in_registry"] = "true";
        _registry.Runs[^1]["ls_duration"] = Text.Of(run.Lumisections);
    }

    private void Add(PlannedRun run)
    {
        if (_recordedRuns.ContainsKey(run.Number)) return;
        _runs[run.Number] = RunFacts.Of(run);
        _registry.Add(run);
    }

    private static PlannedRun AsPlanned(FactLine line) => new(
        Number(line), line["last_lumisection_number"] is { } last ? int.Parse(last, System.Globalization.CultureInfo.InvariantCulture) : 0, Time(line, "start_time"))
    {
        Cosmics = line["stable_beam"] != "true",
        FirstStable = line["stable_beam"] == "true" ? 1 : 0,
    };

    private FillExport AsExport(FactLine line) => _export[7454] with
    {
        Number = Number(line, "fill_number"),
        Created = Time(line, "start_time"),
        Begin = Time(line, "start_stable_beam"),
        End = Time(line, "end_stable_beam"),
        Delivered = Value(line, "delivered_lumi"),
        Recorded = Value(line, "recorded_lumi"),
        PeakLumi = Value(line, "peak_lumi"),
        Published = true,
    };

    private static int Number(FactLine line) => Number(line, "run_number");

    private static int Number(FactLine line, string name) => int.Parse(line[name]!, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal Value(FactLine line, string name) => decimal.Parse(line[name]!, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(FactLine line, string name) =>
        DateTimeOffset.Parse(line[name]!, System.Globalization.CultureInfo.InvariantCulture);
}
