using System.Globalization;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>Paints a map of a run.</summary>
internal static class MapPainter
{
    private const int BarX = Layout.Right + 10;
    private const int BarY = Layout.Top + 50;
    private const int BarWidth = 18;
    private const int BarHeight = 440;

    /// <summary>Paints, saves, and says which values were in it.</summary>
    public static (double Least, double Most) Paint(TrackerMap map, string type, Conditions conditions, string path)
    {
        var modules = map.Layout.Modules;
        var values = new double?[modules.Count];
        for (var i = 0; i < values.Length; i++) values[i] = map.Value(modules[i], conditions);
        var (least, most) = (values.Min() ?? 0, values.Max() ?? 0);

        var (from, to) = map.Autoscale ? (least, most) : (0, map.Most);
        var colours = Array.ConvertAll(values, value => Colour(map.Kind, value, from, to));
        var picture = new Picture(Layout.Width, Layout.Height);
        var cells = map.Layout.Cells;
        for (var i = 0; i < cells.Length; i++)
            if (cells[i] >= 0) picture.Set(i, colours[cells[i]]);

        picture.Write(string.Create(CultureInfo.InvariantCulture, $"Run {conditions.Run}  {map.Title}"), 12, 8, Picture.Black, size: 3);
        picture.Write(type + (map.Autoscale ? ", autoscale" : ""), Layout.Width - 12 - ((type.Length + (map.Autoscale ? 11 : 0)) * Font.Advance), 14, Picture.Black);
        foreach (var label in map.Layout.Labels) picture.Write(label.Text, label.X, label.Y, Picture.Black);
        Legend(picture, map.Kind, from, to);
        picture.Save(path);
        return (least, most);
    }

    private static byte Colour(MapKind kind, double? value, double from, double to)
    {
        if (value is not { } known) return Picture.NoData;
        if (kind == MapKind.Alarm) return known > 0 ? Picture.Bad : Picture.Good;
        return Picture.Scale(to > from ? (known - from) / (to - from) : 0);
    }

    private static void Legend(Picture picture, MapKind kind, double from, double to)
    {
        if (kind == MapKind.Alarm)
        {
            Key(picture, BarY, Picture.Good, "good");
            Key(picture, BarY + 26, Picture.Bad, "bad");
            return;
        }

        picture.Fill(BarX - 1, BarY - 1, BarWidth + 2, BarHeight + 2, Picture.Black);
        for (var row = 0; row < BarHeight; row++)
            picture.Fill(BarX, BarY + row, BarWidth, 1, Picture.Scale(1 - ((row + 0.5) / BarHeight)));
        for (var tick = 0; tick <= 5; tick++)
        {
            var y = BarY + BarHeight - (BarHeight * tick / 5);
            picture.Fill(BarX + BarWidth, y, 4, 1, Picture.Black);
            picture.Write(Number(from + ((to - from) * tick / 5)), BarX + BarWidth + 8, y - (Font.Height / 2), Picture.Black);
        }

        if (kind is MapKind.Hits or MapKind.Property) Key(picture, BarY + BarHeight + 20, Picture.NoData, "no data");
    }

    private static void Key(Picture picture, int y, byte colour, string text)
    {
        picture.Fill(BarX, y, 14, 14, colour);
        picture.Write(text, BarX + 20, y + 4, Picture.Black);
    }

    private static string Number(double value) => Math.Abs(value) >= 1000
        ? value.ToString("0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}
