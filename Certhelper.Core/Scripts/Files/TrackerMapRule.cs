using Certhelper.Core.Runs;

namespace Certhelper.Core.Scripts;

/// <summary>The kinds of data that tracker maps are made of, and what they say about a run reconstruction.</summary>
public static class TrackerMapRule
{
    /// <summary>Types that shifters make.</summary>
    public static IReadOnlyList<string> Types { get; } = ["StreamExpress", "ZeroBias", "StreamExpressCosmics", "Cosmics"];

    /// <summary>The reconstruction whose data a map of this type shows; null for a type that nobody knows.</summary>
    public static Reconstruction? ReconstructionOf(string? type) => type switch
    {
        null => null,
        _ when type.StartsWith("Stream", StringComparison.Ordinal) => Reconstruction.Express,
        "ReReco" => Reconstruction.ReReco,
        "Cosmics" => Reconstruction.Prompt,
        _ when type.StartsWith("ZeroBias", StringComparison.Ordinal) || type.StartsWith("HI", StringComparison.Ordinal) => Reconstruction.Prompt,
        _ => null,
    };

    /// <summary>The type whose maps belong to a reconstruction of a run; null when there is none.</summary>
    public static string? TypeOf(Reconstruction reconstruction, RunType? runType) => (reconstruction, runType) switch
    {
        (Reconstruction.Express, RunType.Cosmics) => "StreamExpressCosmics",
        (Reconstruction.Express, _) => "StreamExpress",
        (Reconstruction.Prompt, RunType.Cosmics) => "Cosmics",
        (Reconstruction.Prompt, _) => "ZeroBias",
        (Reconstruction.ReReco or Reconstruction.ReRecoUl, _) => "ReReco",
        _ => null,
    };
}
