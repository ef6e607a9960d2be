using System.Text.Json.Nodes;

namespace Certhelper.Tests.RunRegistry;

/// <summary>Answers in the shape of the Run Registry.</summary>
internal static class RegistryJson
{
    public const string Datasets = "/rr/api/datasets_filtered_ordered";

    public static JsonObject Dataset(int run, string name, string? trackerState = "OPEN", string? runClass = "Collisions18")
    {
        var attributes = new JsonObject { ["global_state"] = "OPEN" };
        if (trackerState is not null) attributes["tracker_state"] = trackerState;
        var runAttributes = new JsonObject { ["state"] = "SIGNOFF", ["significant"] = true };
        if (runClass is not null) runAttributes["class"] = runClass;
        return new JsonObject
        {
            ["run_number"] = run,
            ["name"] = name,
            ["dataset_attributes"] = attributes,
            ["Run"] = new JsonObject { ["rr_attributes"] = runAttributes },
            ["DatasetTripletCache"] = new JsonObject
            {
                ["triplet_summary"] = new JsonObject
                {
                    ["tracker-pixel"] = new JsonObject { ["GOOD"] = 226, ["NO VALUE FOUND"] = 3, ["EMPTY"] = 0, ["causes"] = new JsonArray("UNDEF"), ["comments"] = new JsonArray() },
                    ["dt-dt"] = new JsonObject { ["GOOD"] = 226 },
                },
            },
        };
    }

    public static string Page(int pages, int count, params JsonObject[] datasets) => new JsonObject
    {
        ["datasets"] = new JsonArray([.. datasets.Select(dataset => dataset.DeepClone())]),
        ["pages"] = pages,
        ["count"] = count,
    }.ToJsonString();

    public static string Page(params JsonObject[] datasets) => Page(1, datasets.Length, datasets);
}
