using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Storage;

/// <summary>The checklists that a new installation starts with: what a shifter looks at before a verdict, short enough to be done.</summary>
public static class ChecklistSeed
{
    /// <summary>A checklist with its first version.</summary>
    public sealed record First(string Key, string Title, Component? Component, bool OnForm, ChecklistContent Content);

    /// <summary>In the order of the form.</summary>
    public static IReadOnlyList<First> Lists { get; } =
    [
        new("general", "General", null, true, new ChecklistContent
        {
            Description = "What run is this, and what can be expected of it?",
            Groups =
            [
                new()
                {
                    Items =
                    [
                        Tick("conditions", "The [run in OMS](oms:run) was what its dataset says: B field, beams, length, and the tracker took part."),
                        Choice("dcs", "High voltage of the tracker, from the DCS bits in the [Run Registry](rr:run)", "on all the time", "off for some lumisections", "off"),
                        Tick("reference", "The [reference](dqmgui-reference:) is of the same type, era and B field.") with { AllowsNotApplicable = true },
                        Tick("log", "You read what the shift before wrote about this run or fill.") with { Required = false },
                    ],
                },
            ],
        }),
        new("trackermap", "Tracker map", null, true, new ChecklistContent
        {
            Description = "Each module of the tracker in one colour: the quickest way to see what is missing where.",
            Groups =
            [
                new()
                {
                    Items =
                    [
                        Choice("holes", "White or odd regions, beside the maps of the reference", "none", "only known ones", "new ones") with { AllowsNotApplicable = true },
                        Tick("errors", "The maps of FED errors show nothing that the others do not.") with { AllowsNotApplicable = true },
                        Tick("shared", "What is new was told to the detector's expert.") with { Required = false },
                    ],
                },
            ],
            Afterword = "No maps yet? Say so above, and here why the item does not apply.",
        }),
        new("pixel", "Pixel", Component.Pixel, true, new ChecklistContent
        {
            Description = "In the [Pixel workspace](dqmgui:PixelPhase1), beside the reference.",
            Groups =
            [
                new()
                {
                    Title = "Occupancy",
                    Items =
                    [
                        Tick("occupancy", "Digis of each barrel layer and forward disk: no holes but the known ones."),
                        Number("dead", "Dead read-out chips", 0, 29_696, "ROCs") with { Required = false },
                    ],
                },
                new()
                {
                    Title = "Clusters and read-out",
                    Items =
                    [
                        Tick("clusters", "Charge and size of clusters on tracks peak where they do in the reference. Cosmics have few: low statistics is no fault."),
                        Choice("errors", "Errors of the FEDs", "none or few", "many in single FEDs", "many everywhere"),
                    ],
                },
            ],
        }),
        new("sistrip", "SiStrip", Component.Strip, true, new ChecklistContent
        {
            Description = "In the [SiStrip workspace](dqmgui:SiStrip), beside the reference.",
            Groups =
            [
                new()
                {
                    Title = "Modules",
                    Items =
                    [
                        Number("bad", "Bad modules of the whole strip tracker", 0, 100, "%") with { AllowsNotApplicable = true },
                        Choice("errors", "FEDs in error or masked", "none", "only known ones", "new ones"),
                    ],
                },
                new()
                {
                    Title = "Clusters",
                    Items =
                    [
                        Tick("signal", "Signal to noise of TIB, TOB, TID and TEC peaks where it does in the reference. Peak and deconvolution mode differ: compare like with like."),
                        Tick("noise", "Clusters off track: no more than in the reference.") with { Required = false },
                    ],
                },
            ],
        }),
        new("tracking", "Tracking", Component.Tracking, true, new ChecklistContent
        {
            Description = "In the [Tracking workspace](dqmgui:Tracking), beside the reference.",
            Groups =
            [
                new()
                {
                    Title = "Bad components",
                    Items =
                    [
                        Choice("recovered", "Was a known bad component recovered?", "no", "yes"),
                        Tick("recovered-why", "If yes: the comment says why it had been flagged bad.") with { Required = false },
                    ],
                },
                new()
                {
                    Title = "Tracking checks",
                    Items =
                    [
                        Tick("maps", "Check the tracker maps: holes in η and φ of the tracks are explained by them."),
                        Tick("tracks", "Number of tracks, χ² and hits per track are those of the reference at the same pile-up."),
                        Tick("vertices", "Collisions: vertices and beam spot are where the reference has them.") with { Required = false },
                    ],
                },
            ],
        }),
        new("shiftleader", "Shift leader", null, false, new ChecklistContent
        {
            Description = "Before the weekly report.",
            Groups =
            [
                new()
                {
                    Items =
                    [
                        Tick("open", "Every open dataset of the week is certified, or somebody knows why not."),
                        Tick("registry", "Differences from the Run Registry are explained or put right."),
                        Tick("bad", "Each bad run has a reason and a comment that a physicist understands."),
                        Tick("changed", "Verdicts that changed between express and prompt were looked at again."),
                        Tick("handed-over", "Open questions are handed over to the next shift leader."),
                    ],
                },
            ],
        }),
    ];

    /// <summary>Adds the lists whose key is not there yet; those that people changed or retired stay as they are.</summary>
    internal static async Task AddMissingAsync(CerthelperDbContext db, CancellationToken cancellationToken)
    {
        var present = await db.Checklists.Select(list => list.Key).ToListAsync(cancellationToken);
        foreach (var (first, position) in Lists.Select((list, position) => (list, position)).Where(pair => !present.Contains(pair.list.Key)))
        {
            var list = new Checklist { Key = first.Key, Title = first.Title, Component = first.Component, OnForm = first.OnForm, Position = (position + 1) * 10 };
            list.Versions.Add(new ChecklistVersion { Number = 1, Content = first.Content, CreatedAt = TimeProvider.System.GetUtcNow() });
            db.Checklists.Add(list);
        }
    }

    private static ChecklistItem Tick(string key, string text) => new() { Key = key, Text = text };

    private static ChecklistItem Number(string key, string text, double min, double max, string unit) =>
        new() { Key = key, Text = text, Kind = ChecklistItemKind.Number, Min = min, Max = max, Unit = unit };

    private static ChecklistItem Choice(string key, string text, params List<string> choices) =>
        new() { Key = key, Text = text, Kind = ChecklistItemKind.Choice, Choices = choices };
}
