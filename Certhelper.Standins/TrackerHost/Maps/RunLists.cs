using System.Globalization;
using System.Text;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>The lists that lie beside the maps of a run.</summary>
internal static class RunLists
{
    public static void Write(string folder, Conditions conditions, IReadOnlyCollection<(string Map, double Least, double Most)> ranges)
    {
        var run = conditions.Run.ToString(CultureInfo.InvariantCulture);
        var bad = Layouts.Strips.Modules.Where(conditions.IsDead).ToList();
        Save($"QualityTest_run{run}.txt", [
            "# quality tests that failed: module, detector id, test",
            .. bad.Select(module => string.Create(CultureInfo.InvariantCulture, $"{module.Name,-20} {module.Id} NumberOfDigi=0")),
        ]);
        Save("PCLBadComponents.log", [
            .. conditions.Troubles.Select(trouble => "# " + trouble),
            .. bad.GroupBy(module => module.Acronym).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()} bad modules")),
        ]);
        var digis = MapCatalogue.All.First(map => map.Name == "NumberOfDigi");
        Save("TopModulesList.log", [
            .. digis.Layout.Modules.Select(module => (module, Value: digis.Value(module, conditions) ?? 0)).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.module.Id).Take(50)
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.module.Id} {entry.module.Name,-20} {entry.Value:0.000}")),
        ]);
        var chips = MapCatalogue.All.Where(map => map.Name.StartsWith("MergedOccupancyDeadROC", StringComparison.Ordinal)).SelectMany(map => map.Layout.Modules).Where(conditions.IsDead);
        Save($"PixZeroOccROCs_run{run}.txt", [.. chips.Select(chip => string.Create(CultureInfo.InvariantCulture, $"{chip.Name}_ROC{chip.Chip} {chip.Id}"))]);
        Save("minmax.out", [.. ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Map} {range.Least:0.####} {range.Most:0.####}"))]);

        void Save(string name, IEnumerable<string> lines) =>
            File.WriteAllText(Path.Combine(folder, name), string.Join('\n', lines) + "\n", new UTF8Encoding(false));
    }
}
