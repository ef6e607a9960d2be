using System.Text.Json;
using System.Text.Json.Nodes;
using Certhelper.Core.Oms;

namespace Certhelper.Tests.Oms;

/// <summary>Answers in the shape of OMS. Figures are real where a test says so.</summary>
internal static class OmsJson
{
    public const string Runs = "/agg/api/v1/runs";
    public const string Fills = "/agg/api/v1/fills";
    public const string Lumisections = "/agg/api/v1/lumisections";

    /// <summary>Run 299329, express of 2017: the numbers of the original's sample.</summary>
    public static JsonObject Run299329() => Item(
        "runs",
        new JsonObject
        {
            ["run_number"] = 299329,
            ["fill_number"] = 5960,
            ["hlt_key"] = "/cdaq/physics/Run2017/2e34/v2.1.0/HLT/V2",
            ["stable_beam"] = true,
            ["start_time"] = "2017-07-14T08:00:00Z",
            ["end_time"] = "2017-07-14T10:13:00Z",
            ["duration"] = 7980.0,
            ["last_lumisection_number"] = 342,
            ["b_field"] = 3.801,
            ["energy"] = 6499.0,
            ["recorded_lumi"] = 38.566,
            ["delivered_lumi"] = 40.87,
            ["init_lumi"] = 10432.919,
            ["end_lumi"] = 9695.004,
            ["era"] = "2017B",
            ["fill_type_runtime"] = "PROTONS",
            ["fill_type_party1"] = "PROTON",
            ["fill_type_party2"] = "PROTON",
            ["sequence"] = "GLOBAL-RUN",
            ["components"] = new JsonArray("PIXEL", "TRACKER", "TRG"),
            ["last_update"] = "2017-07-14T10:20:00Z",
        },
        ("recorded_lumi", "pb^{-1}"),
        ("delivered_lumi", "pb^{-1}"),
        ("init_lumi", "10^{30}cm^{-2}s^{-1}"),
        ("end_lumi", "10^{30}cm^{-2}s^{-1}"));

    /// <summary>Its fill.</summary>
    public static JsonObject Fill5960() => Item(
        "fills",
        new JsonObject
        {
            ["fill_number"] = 5960,
            ["era"] = "2017B",
            ["fill_type_runtime"] = "PROTONS",
            ["bunches_colliding"] = 2304,
            ["init_lumi"] = 12934.529,
            ["peak_lumi"] = 12934.529,
            ["peak_pileup"] = 39.937,
            ["energy"] = 6499.32,
            ["start_time"] = "2017-07-14T05:00:00Z",
            ["end_time"] = "2017-07-14T18:00:00Z",
        },
        ("init_lumi", "10^{30}cm^{-2}s^{-1}"),
        ("peak_lumi", "10^{30}cm^{-2}s^{-1}"));

    public static JsonObject Item(string type, JsonObject attributes, params (string Name, string Unit)[] units)
    {
        var row = new JsonObject();
        foreach (var (name, unit) in units) row[name] = new JsonObject { ["units"] = unit };
        return new JsonObject { ["id"] = "1", ["type"] = type, ["attributes"] = attributes, ["meta"] = new JsonObject { ["row"] = row } };
    }

    public static string Page(params JsonNode[] items) => Page(items.Length, items);

    public static string Page(int total, IEnumerable<JsonNode> items) => new JsonObject
    {
        ["data"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        ["meta"] = new JsonObject { ["totalResourceCount"] = total },
    }.ToJsonString();

    public static OmsItem Read(JsonNode item)
    {
        using var json = JsonDocument.Parse(item.ToJsonString());
        return OmsItem.From(json.RootElement)!.Value;
    }
}
