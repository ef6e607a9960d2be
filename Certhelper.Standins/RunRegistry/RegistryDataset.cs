using System.Globalization;
using Certhelper.Standins.Facts;

namespace Certhelper.Standins.RunRegistry;

/// <summary>A dataset of a run with the states of its workspaces and the statuses of its components by lumisection.</summary>
internal sealed record RegistryDataset(
    RegistryRun Run,
    string Name,
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyList<string>? InGui,
    decimal Version,
    IReadOnlyDictionary<string, IReadOnlyList<StatusRange>> Statuses)
{
    public const string Online = "online";
    public const string TrackerPrefix = "tracker-";

    private const string Everything = "*";
    private const string Absent = "-";

    private static readonly string[] OlderWorkspaces =
        ["global", "cms", "csc", "dc", "dt", "ecal", "egamma", "hcal", "hlt", "jetmet", "l1t", "lumi", "muon", "rpc", "tracker"];

    private static readonly string[] Workspaces = [.. OlderWorkspaces, "btag", "castor", "ctpps", "gem", "tau"];

    // What other subsystems said is derived: they were fine.
    private static readonly string[] OtherComponents =
        ["cms-cms", "csc-csc", "dt-dt", "ecal-ecal", "ecal-es", "hcal-hcal", "hlt-hlt", "l1t-l1t", "lumi-lumi", "rpc-rpc"];

    public static RegistryDataset Of(FactLine line, RegistryRun run)
    {
        var newer = line.Cells.ContainsKey("datasets_in_gui");
        var statuses = StatusRuns.Parse(line["statuses"]);
        return new RegistryDataset(
            run,
            line["name"]!,
            States(line["states"], run.Number, newer),
            newer ? line["datasets_in_gui"] is { } gui ? [gui] : [] : null,
            decimal.Parse(line["version"]!, CultureInfo.InvariantCulture),
            line.Recorded ? statuses : WithOthers(statuses));
    }

    /// <summary>A dataset that appears while the process runs: all lumisections good until somebody says otherwise.</summary>
    public static RegistryDataset New(RegistryRun run, string name)
    {
        var length = Math.Max(1, run.Lumisections);
        string[] tracker = name == Online ? ["tracker-pixel", "tracker-strip"] : ["tracker-pixel", "tracker-strip", "tracker-track"];
        var statuses = tracker.ToDictionary(
            component => component,
            _ => (IReadOnlyList<StatusRange>)[new StatusRange(1, length, "GOOD", "")],
            StringComparer.Ordinal);
        var states = name == Online ? null : "*=OPEN";
        return new RegistryDataset(run, name, States(states, run.Number, newer: true), [], run.Version + 1, WithOthers(statuses));
    }

    /// <summary>Lumisections per status, the distinct causes and comments: the registry's summary of one component.</summary>
    public IReadOnlyDictionary<string, int> CountsOf(string component)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["EMPTY"] = 0 };
        foreach (var range in Statuses[component]) counts[range.Status] = counts.GetValueOrDefault(range.Status) + range.Count;
        return counts;
    }

    private static Dictionary<string, object?> States(string? text, int run, bool newer)
    {
        var states = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (workspace, state) = part.Split('=', 2) switch { var pair => (pair[0], pair[1]) };
            if (workspace == Everything)
            {
                foreach (var each in run < 347_000 ? OlderWorkspaces : Workspaces) states[$"{each}_state"] = state;
            }
            else if (state == Absent)
            {
                states.Remove($"{workspace}_state");
            }
            else
            {
                states[$"{workspace}_state"] = state;
            }
        }

        if (newer && states.Count > 0) states["appeared_in"] = Array.Empty<string>();
        return states;
    }

    private static Dictionary<string, IReadOnlyList<StatusRange>> WithOthers(IReadOnlyDictionary<string, IReadOnlyList<StatusRange>> tracker)
    {
        var all = new Dictionary<string, IReadOnlyList<StatusRange>>(tracker, StringComparer.Ordinal);
        if (tracker.Count == 0) return all;
        IReadOnlyList<StatusRange> good = [new StatusRange(1, tracker.Values.Max(ranges => ranges.Count == 0 ? 1 : ranges[^1].End), "GOOD", "")];
        foreach (var component in OtherComponents) all[component] = good;
        return all;
    }
}
