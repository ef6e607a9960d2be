using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Oms;

/// <summary>The resources that are played, over the data set.</summary>
internal sealed class OmsResources
{
    private readonly FactStore _facts;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, OmsResource> _byName;

    public OmsResources(FactStore facts, TimeProvider time)
    {
        (_facts, _time) = (facts, time);
        string[] runRelations =
            ["fill", "lumisections", "runkeys", "l1configurationkey", "l1algorithmtriggers", "l1triggerrate", "hltconfigdata", "deadtime", "daqreadouts"];
        OmsResource[] all =
        [
            new("runs", OmsSchema.Runs, runRelations, query => facts.Runs().Where(query.Accepts)),
            new("fills", OmsSchema.Fills, ["runs"], query => facts.Fills().Where(query.Accepts)),
            new("lumisections", OmsSchema.Lumisections, ["run", "fill"], Lumisections),
            new("eras", OmsSchema.Eras, [], query => Eras().Where(query.Accepts)),
        ];
        _byName = all.ToDictionary(resource => resource.Name, StringComparer.Ordinal);
    }

    public OmsResource Find(string name) =>
        _byName.GetValueOrDefault(name) ?? throw OmsError.NotFound($"Repository for a resource not found: {name}");

    /// <summary>The row with this id; an unknown id is an error, unlike a filter that nothing meets.</summary>
    public OmsRow Row(OmsResource resource, string id)
    {
        var rows = resource.Name == "lumisections" && id.Split('_') is [var run, _] && int.TryParse(run, out var number) && _facts.FindRun(number) is { } row
            ? OfRun(row)
            : resource.Rows(OmsQuery.Parse(resource, QueryCollection.Empty));
        return rows.FirstOrDefault(candidate => candidate.Id == id) ?? throw OmsError.NotFound($"Resource not found: {resource.Name}/{id}");
    }

    // Filters on run and fill are applied to the runs first: all lumisections of all runs are a hundred thousand rows.
    private IEnumerable<OmsRow> Lumisections(OmsQuery query)
    {
        var ofRun = query.Filters.Where(filter => filter.Field.Name is "run_number" or "fill_number").ToList();
        return _facts.Runs().Where(run => ofRun.TrueForAll(filter => filter.Accepts(run))).SelectMany(OfRun).Where(query.Accepts);
    }

    private IEnumerable<OmsRow> OfRun(TableRow run)
    {
        var number = run.Integer("run_number")!.Value;
        if (_facts.RecordedLumisections.Contains(number)) return _facts.RecordedLumisections[number];
        var count = Count(run);
        if (count == 0 || run.Time("start_time") is null) return [];

        var fill = run.Integer("fill_number") is { } fillNumber ? _facts.FindFill(fillNumber) : null;
        var earlier = fill is null ? [] : _facts.Runs()
            .Where(other => other.Get("fill_number") is decimal of && of == run.Number("fill_number") && other.Number("run_number") < number)
            .Where(other => other.Unit("delivered_lumi") == run.Unit("delivered_lumi"))
            .ToList();
        var frame = new LumisectionRow.Frame(
            run,
            run.Flag("stable_beam") == true ? fill?.Time("start_stable_beam") ?? run.Time("start_time") : null,
            earlier.Sum(other => other.Number("delivered_lumi") ?? 0),
            earlier.Sum(other => other.Number("recorded_lumi") ?? 0),
            fill?.Number("peak_pileup"),
            count);
        return Enumerable.Range(1, count).Select(lumisection => new LumisectionRow(frame, lumisection));
    }

    // An ongoing run has no last lumisection yet, but those that were.
    private int Count(TableRow run)
    {
        if (run.Integer("last_lumisection_number") is { } last) return last;
        return run.Get("end_time") is null && run.Integer("run_number") == OngoingRun.RunNumber
            ? (int)((_time.GetUtcNow() - run.Time("start_time")!.Value).TotalSeconds / OngoingRun.LumisectionSeconds)
            : 0;
    }

    private IEnumerable<OmsRow> Eras() => _facts.Runs()
        .Where(run => run.Text("era") is not null)
        .GroupBy(run => run.Text("era")!)
        .OrderBy(era => era.Min(run => run.Integer("run_number")))
        .Select(era => new TableRow(era.Key, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["era"] = era.Key,
            ["start_run"] = era.Min(run => run.Number("run_number")),
            ["end_run"] = era.Max(run => run.Number("run_number")),
            ["start_fill"] = era.Min(run => run.Number("fill_number")),
            ["end_fill"] = era.Max(run => run.Number("fill_number")),
            ["start_time"] = era.Select(run => run.Text("start_time")).Min(StringComparer.Ordinal),
            ["end_time"] = era.Select(run => run.Text("end_time")).Max(StringComparer.Ordinal),
        }, new Dictionary<string, string>(StringComparer.Ordinal)));
}
