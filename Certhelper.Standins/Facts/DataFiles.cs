using Certhelper.Standins.Oms;

namespace Certhelper.Standins.Facts;

/// <summary>Names and columns of the data files.</summary>
internal static class DataFiles
{
    public const string Runs = "runs.tsv";
    public const string Fills = "fills.tsv";
    public const string Lumisections = "lumisections.tsv";
    public const string RegistryRuns = "registry-runs.tsv";
    public const string Datasets = "datasets.tsv";

    public static IReadOnlyList<string> RunColumns { get; } = [.. OmsSchema.Runs.Select(field => field.Name)];

    public static IReadOnlyList<string> FillColumns { get; } = [.. OmsSchema.Fills.Select(field => field.Name)];

    public static IReadOnlyList<string> LumisectionColumns { get; } = [.. OmsSchema.Lumisections.Select(field => field.Name)];

    public static IReadOnlyList<string> RegistryRunColumns { get; } =
        ["run_number", "class", "state", "significant", "short_run", "stop_reason", "run_needs_to_be_updated_manually", "ls_duration", "version", "only_in_registry"];

    public static IReadOnlyList<string> DatasetColumns { get; } = ["run_number", "name", "states", "datasets_in_gui", "version", "statuses"];
}
