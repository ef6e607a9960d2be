using System.Globalization;
using System.Text.Json;

namespace Certhelper.Standins.Generate;

/// <summary>Good lumisections of the published certification files: run → closed ranges.</summary>
internal sealed class GoldenRanges
{
    private readonly Dictionary<int, (int First, int Last)[]> _ranges = [];

    public IEnumerable<int> Runs => _ranges.Keys.Order();

    public static GoldenRanges Load(string folder)
    {
        var golden = new GoldenRanges();
        foreach (var file in Directory.GetFiles(folder, "collisions*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var run in document.RootElement.EnumerateObject())
            {
                golden._ranges[int.Parse(run.Name, CultureInfo.InvariantCulture)] =
                    [.. run.Value.EnumerateArray().Select(range => (range[0].GetInt32(), range[1].GetInt32()))];
            }
        }

        return golden;
    }

    public IReadOnlyList<(int First, int Last)> Of(int run) => _ranges.GetValueOrDefault(run) ?? [];

    /// <summary>The last good lumisection: the run is at least that long. Zero for a run that is in no file.</summary>
    public int LastOf(int run) => Of(run) is { Count: > 0 } ranges ? ranges[^1].Last : 0;
}
