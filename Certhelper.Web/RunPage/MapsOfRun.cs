using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;

namespace Certhelper.Web.RunPage;

/// <summary>Tracker maps of a run: what there is, and what of express and prompt is still to be made.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Sets">In the order of reconstructions; an empty one is to be made.</param>
public sealed record MapsOfRun(int RunNumber, IReadOnlyList<MapSet> Sets)
{
    /// <summary>Those that shifters look at while a shift lasts.</summary>
    private static readonly Reconstruction[] Wanted = [Reconstruction.Express, Reconstruction.Prompt];

    public static MapsOfRun Of(int run, RunType? type, IReadOnlyList<MapSet> stored)
    {
        var missing = Wanted.Where(reconstruction => !stored.Any(set => ReconstructionOf(set) == reconstruction))
            .Select(reconstruction => new MapSet(run, TrackerMapRule.TypeOf(reconstruction, type), []));
        return new MapsOfRun(run, [.. stored.Concat(missing).OrderBy(set => ReconstructionOf(set) ?? (Reconstruction)int.MaxValue).ThenBy(set => set.Type, StringComparer.Ordinal)]);
    }

    /// <summary>The reconstruction whose data a set shows; null for types that nobody knows.</summary>
    public static Reconstruction? ReconstructionOf(MapSet set) => set.Maps.Count > 0 ? set.Maps[0].Reconstruction : TrackerMapRule.ReconstructionOf(set.Type);
}
