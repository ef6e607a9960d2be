using Certhelper.Core.Runs;

namespace Certhelper.Web.Shell;

/// <summary>A fact as a page draws it; a time is drawn in the person's zone.</summary>
public sealed record FactRow(Fact Fact, DateTimeOffset? At)
{
    /// <summary>Whether it is not any more what somebody has seen.</summary>
    public bool HasChanged { get; init; }

    /// <summary>What it was before it changed; null for unknown.</summary>
    public string? Was { get; init; }

    public bool IsKnown => Fact.Value != FactList.Unknown;
}

/// <summary>The facts of a run for a page: what shifters judge by first, then all by group.</summary>
public sealed class FactSheet
{
    private static readonly string[] First =
    [
        nameof(Run.Type), nameof(Run.FillNumber), nameof(Run.Era), nameof(Run.StartTime), nameof(Run.DurationSeconds), nameof(Run.Lumisections),
        nameof(Run.BFieldTesla), nameof(Run.EnergyGev), nameof(Run.RecordedLumiInvPb), nameof(Run.DeliveredLumiInvPb), nameof(Run.InitLumiE30),
        "Fill." + nameof(Fill.PeakLumiE30), "Fill." + nameof(Fill.PeakPileup), "Fill." + nameof(Fill.BunchesColliding),
        nameof(Run.HltKey), nameof(Run.Components), nameof(Run.ComponentsOut),
    ];

    private readonly IReadOnlyList<FactRow> all;

    /// <param name="run">The run; its fill is taken along if it is loaded.</param>
    /// <param name="were">Facts to be marked as changed: title → what it was.</param>
    public FactSheet(Run run, IReadOnlyDictionary<string, string?>? were = null)
    {
        var fill = run.Fill;
        var times = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal)
        {
            [nameof(Run.StartTime)] = run.StartTime,
            [nameof(Run.EndTime)] = run.EndTime,
            ["Fill." + nameof(Fill.StableBeamsFrom)] = fill?.StableBeamsFrom,
            ["Fill." + nameof(Fill.StableBeamsTo)] = fill?.StableBeamsTo,
        };
        all =
        [
            .. FactList.Of(run).Select(fact => new FactRow(fact, times.GetValueOrDefault(fact.Key))
            {
                HasChanged = were?.ContainsKey(fact.Title) == true,
                Was = were?.GetValueOrDefault(fact.Title),
            }),
        ];
    }

    /// <summary>What shifters look at first.</summary>
    public IEnumerable<FactRow> Key => all.Where(row => First.Contains(row.Fact.Key)).OrderBy(row => Array.IndexOf(First, row.Fact.Key));

    /// <summary>The rest of them.</summary>
    public IEnumerable<FactRow> Other => all.Where(row => !First.Contains(row.Fact.Key));

    public IEnumerable<IGrouping<string, FactRow>> Groups => all.GroupBy(row => row.Fact.Group);
}
