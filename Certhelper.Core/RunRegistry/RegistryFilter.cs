using System.Text.Json.Nodes;

namespace Certhelper.Core.RunRegistry;

/// <summary>Filters in the wire form of the Run Registry, which understands translated attribute names only.</summary>
internal static class RegistryFilter
{
    /// <summary>All datasets of some runs, without the online one.</summary>
    public static JsonObject OfRuns(IEnumerable<int> runNumbers) => new()
    {
        ["run_number"] = new JsonObject { ["or"] = new JsonArray([.. runNumbers.Select(number => new JsonObject { ["="] = number })]) },
        ["name"] = NotOnline(),
    };

    /// <summary>All datasets of a range of runs, both ends included, without the online ones.</summary>
    public static JsonObject OfRange(int from, int to) => new()
    {
        ["run_number"] = new JsonObject { ["and"] = new JsonArray(new JsonObject { [">="] = from }, new JsonObject { ["<="] = to }) },
        ["name"] = NotOnline(),
    };

    /// <summary>All datasets that wait for the tracker's certification, without the online ones.</summary>
    public static JsonObject Open() => new()
    {
        ["dataset_attributes.tracker_state"] = new JsonObject { ["="] = RegistryDataset.Open },
        ["name"] = NotOnline(),
    };

    private static JsonObject NotOnline() => new() { ["notlike"] = "%online%" };
}
