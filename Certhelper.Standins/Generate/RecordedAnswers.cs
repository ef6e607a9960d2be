using System.Text.Json;
using Certhelper.Standins.Facts;
using Certhelper.Standins.Oms;

namespace Certhelper.Standins.Generate;

/// <summary>Recorded answers of the real services, digit by digit.</summary>
internal sealed class RecordedAnswers(string folder)
{
    private const string UnitSuffix = "_unit";

    public IEnumerable<FactLine> Runs()
    {
        foreach (var row in Array("oms/runs_2018_flattened.json")) yield return Flattened(row, OmsSchema.Runs);
        yield return Envelope(Read("oms/runs-297050-1.json").GetProperty("data")[0]);
        foreach (var run in RegistryRuns()) yield return RegistryCopy(run.GetProperty("oms_attributes"));
        yield return RegistryCopy(Read("runregistry/oms_attributes_334614_ongoing_cosmics.json"));
    }

    public IEnumerable<FactLine> Fills() => Array("oms/fills_2018_flattened.json").Select(row => Flattened(row, OmsSchema.Fills));

    public IEnumerable<FactLine> Lumisections() =>
        Array("oms/lumisections_315265_flattened.json").Select(row => Flattened(row, OmsSchema.Lumisections));

    /// <summary>Lengths of the first runs of fill 6615, from a recorded page of lumisections that ends inside the last of them.</summary>
    public IReadOnlyDictionary<int, int> LumisectionCounts() => Read("oms/lumisections-315190_1-4.json").GetProperty("data")
        .EnumerateArray()
        .Select(row => row.GetProperty("attributes"))
        .GroupBy(row => row.GetProperty("run_number").GetInt32())
        .OrderBy(run => run.Key)
        .SkipLast(1)
        .ToDictionary(run => run.Key, run => run.Max(row => row.GetProperty("lumisection_number").GetInt32()));

    /// <summary>The two whole runs of the Run Registry.</summary>
    public IEnumerable<JsonElement> RegistryRuns() =>
        [Read("runregistry/run-355555.json"), Read("runregistry/run-355556.json")];

    /// <summary>Datasets in the flattened form of the Run Registry's client.</summary>
    public IEnumerable<JsonElement> RegistryDatasets() => Array("runregistry/datasets_compressed_samples.json");

    private static FactLine Flattened(JsonElement row, IReadOnlyList<OmsField> schema)
    {
        var line = new FactLine { Recorded = true };
        foreach (var property in row.EnumerateObject())
        {
            if (property.Name.EndsWith(UnitSuffix, StringComparison.Ordinal))
            {
                if (property.Value.ValueKind == JsonValueKind.String) line.Units[property.Name[..^UnitSuffix.Length]] = property.Value.GetString()!;
            }
            else if (schema.Any(field => field.Name == property.Name))
            {
                line[property.Name] = TextOf(property.Value);
            }
        }

        return line;
    }

    private static FactLine Envelope(JsonElement item)
    {
        var line = Flattened(item.GetProperty("attributes"), OmsSchema.Runs);
        foreach (var unit in item.GetProperty("meta").GetProperty("row").EnumerateObject())
            line.Units[unit.Name] = unit.Value.GetProperty("units").GetString()!;
        return line;
    }

    // The registry keeps OMS's attributes without their units; those are what OMS gives for such rows.
    private static FactLine RegistryCopy(JsonElement attributes)
    {
        var line = Flattened(attributes, OmsSchema.Runs);
        line.Measure("pb^{-1}", "delivered_lumi", "recorded_lumi");
        line.Measure("10^{34}cm^{-2}s^{-1}", "init_lumi", "end_lumi");
        return line;
    }

    internal static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };

    private JsonElement.ArrayEnumerator Array(string file) => Read(file).EnumerateArray();

    private JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }
}
