using System.Globalization;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>The verbs that draw, called by the scripts of the tracker host.</summary>
internal static class MapsVerb
{
    /// <summary><c>maps &lt;type&gt; &lt;run&gt; &lt;folder&gt;</c>: all maps and lists of a run.</summary>
    public static int Run(string[] args)
    {
        if (args is not [_, var type, var number, var folder] || !TryRun(number, out var run))
        {
            Console.Error.WriteLine("usage: maps <type> <run> <folder>");
            return 2;
        }

        Directory.CreateDirectory(folder);
        var conditions = new Conditions(type, run);
        var ranges = new List<(string, double, double)>();
        foreach (var map in MapCatalogue.All)
        {
            var file = map.Name + ".png";
            var (least, most) = MapPainter.Paint(map, type, conditions, Path.Combine(folder, file));
            ranges.Add((map.Name, least, most));
            Console.WriteLine($"Info in <TCanvas::Print>: png file {file} has been created");
        }

        RunLists.Write(folder, conditions, ranges);
        return 0;
    }

    /// <summary><c>occupancy &lt;period&gt; &lt;type&gt; &lt;run&gt; &lt;module&gt; &lt;folder&gt;</c>: the strips of one module.</summary>
    public static int RunOccupancy(string[] args)
    {
        if (args is not [_, var period, var type, var number, var module, var folder] || !TryRun(number, out var run) || !uint.TryParse(module, CultureInfo.InvariantCulture, out var id))
        {
            Console.Error.WriteLine("usage: occupancy <period> <type> <run> <module> <folder>");
            return 2;
        }

        Directory.CreateDirectory(folder);
        // Two underscores part stream, data set and tier, as in names of DQM files.
        var file = string.Create(CultureInfo.InvariantCulture, $"{type}_{period}__PromptReco__DQMIO_Module{id}_{run}.png");
        OccupancyPlot.Paint(type, run, id, Path.Combine(folder, file));
        Console.WriteLine($"Info in <TCanvas::Print>: png file {file} has been created");
        return 0;
    }

    private static bool TryRun(string text, out long run) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out run) && run > 0;
}
