using System.Text.Json;
using Certhelper.Standins.Facts;
using Certhelper.Standins.RunRegistry;

namespace Certhelper.Standins.Generate;

/// <summary>What the Run Registry knows of a run: its row and its datasets.</summary>
internal sealed class RegistryFacts(GoldenRanges golden)
{
    private const string Open = "OPEN";
    private const string Waiting = "waiting dqm gui";
    private const int FirstOfNewestWeeks = 386592;
    private const int FirstWithPromptToCome = 386917;

    private static readonly string[] StopReasons =
    [
        "beam dump", "pixel FED stuck", "change to cosmics keys", "ECAL needs a reconfiguration", "TRACKER: DAQ error on FED 142", "CSC goes to local", "end of fill",
    ];

    public List<FactLine> Runs { get; } = [];

    public List<FactLine> Datasets { get; } = [];

    public void Add(PlannedRun run)
    {
        var line = new FactLine();
        line.Publish("run_number", Text.Of(run.Number));
        line["class"] = Period.Class(run.Number, run.Cosmics);
        line["state"] = run.Number >= FirstOfNewestWeeks ? "SIGNOFF" : Draw.Unit(run.Number, 30) < 0.6 ? "COMPLETED" : "SIGNOFF";
        line["significant"] = Text.Of(run.Lumisections >= 5);
        // Only older runs were marked as short.
        if (Period.Year(run.Number) < 2019) line["short_run"] = run.Lumisections < 85 ? "1" : "0";
        line["stop_reason"] = Draw.Unit(run.Number, 34) < 0.2 ? null : Draw.One(run.Number, 35, StopReasons);
        line["version"] = Text.Of(40_000_000L + run.Number);
        Runs.Add(line);

        var ions = run.Fill?.Ions == true;
        AddDataset(run, "online", null, null);
        AddDataset(run, Period.Express(run.Number, run.Cosmics, ions), State(run, express: true), Period.InGui(run.Number, true, run.Cosmics, ions));
        AddDataset(run, Period.Prompt(run.Number, run.Cosmics, ions), State(run, express: false), Period.InGui(run.Number, false, run.Cosmics, ions));
        if (run is not { Cosmics: false, Number: > 321_000 and < 321_200 }) return;
        AddDataset(run, "/ReReco/Run2018D_17Sept2018/DQM", "COMPLETED", "/ZeroBias/Run2018D-17Sep2018-v1/DQMIO");
        AddDataset(run, "/ReReco/Run2018D_UL2018/DQM", "COMPLETED", "/ZeroBias/Run2018D-12Nov2019_UL2018-v1/DQMIO");
    }

    /// <summary>A whole recorded run with the summary of its online dataset.</summary>
    public void AddRecorded(JsonElement run)
    {
        var line = new FactLine { Recorded = true };
        line["run_number"] = run.GetProperty("run_number").GetRawText();
        line["version"] = run.GetProperty("version").GetRawText();
        line["ls_duration"] = run.GetProperty("oms_attributes").GetProperty("ls_duration").GetRawText();
        foreach (var attribute in run.GetProperty("rr_attributes").EnumerateObject()) line[attribute.Name] = RecordedAnswers.TextOf(attribute.Value);
        Runs.Add(line);
        var summary = run.GetProperty("DatasetTripletCache").GetProperty("triplet_summary");
        Datasets.Add(Recorded(line["run_number"]!, "online", null, Encode(summary), line["version"]));
    }

    /// <summary>A recorded dataset in the client's flattened form.</summary>
    public void AddRecordedDataset(JsonElement dataset)
    {
        var run = dataset.GetProperty("run_number").GetRawText();
        var known = Runs.FirstOrDefault(line => line["run_number"] == run);
        if (known is not null) Runs.Remove(known);
        var line = new FactLine { Recorded = true };
        line["run_number"] = run;
        line["version"] = dataset.GetProperty("version").GetRawText();
        foreach (var name in new[] { "class", "state", "significant", "stop_reason", "short_run" })
        {
            if (dataset.TryGetProperty(name, out var value)) line[name] = RecordedAnswers.TextOf(value);
        }

        Runs.Add(line);
        var name_ = dataset.GetProperty("name").GetString()!;
        var states = string.Join(';', dataset.GetProperty("dataset_attributes").EnumerateObject()
            .Where(attribute => attribute.Name.EndsWith("_state", StringComparison.Ordinal))
            .Select(attribute => $"{attribute.Name[..^6]}={attribute.Value.GetString()}"));
        Datasets.RemoveAll(other => other["run_number"] == run && other["name"]!.Trim() == name_.Trim());
        var recorded = Recorded(run, name_, states, Encode(dataset.GetProperty("lumisections")), line["version"]);
        if (!dataset.TryGetProperty("datasets_in_gui", out _)) recorded.Remove("datasets_in_gui");
        Datasets.Add(recorded);
    }

    private static FactLine Recorded(string run, string name, string? states, string statuses, string? version)
    {
        var line = new FactLine { Recorded = true };
        line["run_number"] = run;
        line["name"] = name;
        line["states"] = states;
        line["datasets_in_gui"] = null;
        line["version"] = version;
        line["statuses"] = statuses;
        return line;
    }

    private void AddDataset(PlannedRun run, string name, string? state, string? inGui)
    {
        var line = new FactLine();
        line.Publish("run_number", Text.Of(run.Number));
        line["name"] = name;
        // The online dataset has no offline states; a few old datasets lost the tracker's.
        line["states"] = state is null ? null : run.Fill?.Number is 6615 && name.StartsWith("/Express", StringComparison.Ordinal)
            ? $"*={state};tracker=-" : $"*={(state == Open ? "SIGNOFF" : state)};tracker={state};global={(state == Open ? Open : state)}";
        if (Period.Year(run.Number) >= 2022) line["datasets_in_gui"] = state == Waiting ? null : inGui;
        line["version"] = Text.Of(45_000_000L + (run.Number * 4L) + Datasets.Count % 4);
        line["statuses"] = Odd(run, name, TrackerStatuses.Of(run, golden, name));
        Datasets.Add(line);
    }

    private static string State(PlannedRun run, bool express)
    {
        var chance = Draw.Unit(run.Number, express ? 36 : 37);
        if (run.Number >= FirstOfNewestWeeks)
        {
            if (!express && run.Number >= FirstWithPromptToCome) return Waiting;
            return chance < 0.12 ? "SIGNOFF" : Open;
        }

        return chance switch
        {
            < 0.02 => Open,
            < 0.04 => Waiting,
            < 0.45 => "SIGNOFF",
            _ => "COMPLETED",
        };
    }

    // A component that was never filled in, and a value that the registry could not find.
    private static string Odd(PlannedRun run, string name, string statuses) => run.Number switch
    {
        355416 or 355457 when name.StartsWith("/Express", StringComparison.Ordinal) =>
            string.Join(';', statuses.Split(';').Where(component => !component.StartsWith("tracker-track=", StringComparison.Ordinal))),
        355459 when name != "online" => statuses.Replace('X', 'V').Replace('G', 'V').Replace('B', 'V'),
        _ => statuses,
    };

    private static string Encode(JsonElement summary) => string.Join(';', summary.EnumerateObject().Select(component =>
    {
        var stretches = component.Value.EnumerateObject()
            .Where(count => count.Value.ValueKind == JsonValueKind.Number && count.Value.GetInt32() > 0)
            // Where in the run they were is not recorded; what comes before stable beams comes first.
            .OrderByDescending(count => count.Name == "STANDBY").ThenBy(count => count.Name, StringComparer.Ordinal)
            .Select(count => $"{StatusRuns.LetterOf(count.Name)}{count.Value.GetRawText()}");
        // Nor is it where a comment belongs.
        var comment = component.Value.GetProperty("comments").EnumerateArray().Select(text => $":{text.GetString()}").FirstOrDefault();
        return $"{component.Name}={string.Join('|', stretches)}{comment}";
    }));
}
