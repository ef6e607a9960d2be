using System.Globalization;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>The tracker as its experts draw it: barrels unrolled in the middle, end caps above (z &gt; 0) and below (z &lt; 0).</summary>
internal static class Layouts
{
    private static readonly int[] TibStrings = [28, 36, 45, 54];
    private static readonly int[] TobRods = [42, 48, 54, 60, 66, 74];
    private static readonly int[] Ladders = [12, 28, 44, 64];
    private static readonly int[] Blades = [22, 34];

    private const int Wheels = 12;
    private const int WheelWidth = (Layout.Right - 20) / Wheels;
    private const int WheelRadius = 44;

    private static readonly Layout.Ring[] TecRings =
    [
        new(1, 8, 14, 24, true), new(2, 14, 20, 24, true), new(3, 20, 24, 40, false), new(4, 24, 28, 56, false),
        new(5, 28, 34, 40, true), new(6, 34, 39, 56, false), new(7, 39, WheelRadius, 80, false),
    ];

    /// <summary>15,148 modules.</summary>
    public static Layout Strips { get; } = MakeStrips();

    /// <summary>1,856 modules.</summary>
    public static Layout Pixels { get; } = MakePixels();

    /// <summary>A layer of the pixel barrel by read-out chips.</summary>
    public static Layout BarrelChips(int layer)
    {
        var layout = new Layout();
        var ladders = Ladders[layer - 1];
        // 8 modules of 8 × 2 chips.
        layout.Grid(90, Layout.Top + 20, Layout.Right - 130, 490, 64, ladders * 2, (column, row) =>
            new Module(Subdetector.Bpix, layer, column < 32 ? -1 : 1, 0, row / 2, ladders, column / 8, false, (column % 8 * 2) + (row % 2)));
        for (var module = 0; module < 8; module++)
            layout.Write(Signed(module < 4 ? module - 4 : module - 3), 90 + ((Layout.Right - 130) * ((2 * module) + 1) / 16), Layout.Top + 516);
        layout.Write("module along the beam", 90 + ((Layout.Right - 130) / 2), Layout.Top + 532);
        Steps(layout, ladders);
        layout.Write("ladder", 36, Layout.Top + 8);
        return layout;
    }

    /// <summary>A ring of the forward pixel disks by read-out chips.</summary>
    public static Layout ForwardChips(int ring)
    {
        var layout = new Layout();
        var blades = Blades[ring - 1];
        layout.Grid(90, Layout.Top + 20, Layout.Right - 130, 490, 48, blades * 4, (column, row) =>
            new Module(Subdetector.Fpix, Disk(column / 8), column < 24 ? -1 : 1, ring, row / 4, blades, row / 2 % 2, false, (column % 8 * 2) + (row % 2)));
        for (var disk = 0; disk < 6; disk++)
            layout.Write(Signed(disk < 3 ? disk - 3 : disk - 2), 90 + ((Layout.Right - 130) * ((2 * disk) + 1) / 12), Layout.Top + 516);
        layout.Write("disk", 90 + ((Layout.Right - 130) / 2), Layout.Top + 532);
        Steps(layout, blades);
        layout.Write("blade", 36, Layout.Top + 8);
        return layout;

        static int Disk(int column) => column < 3 ? 3 - column : column - 2;
    }

    private static Layout MakeStrips()
    {
        var layout = new Layout();
        foreach (var side in new[] { 1, -1 })
        {
            var y = side > 0 ? Layout.Top + WheelRadius + 12 : Layout.Height - WheelRadius - 4;
            for (var disk = 1; disk <= 3; disk++)
                StripWheel(layout, WheelX(disk - 1), y, Subdetector.Tid, disk, side, [new(1, 14, 24, 24, true), new(2, 24, 34, 24, true), new(3, 34, 42, 40, false)]);
            for (var disk = 1; disk <= 9; disk++)
                StripWheel(layout, WheelX(disk + 2), y, Subdetector.Tec, disk, side, [.. TecRings.Where(ring => Exists(ring.Number, disk))]);
        }

        var top = Layout.Top + (2 * WheelRadius) + 34;
        const int Height = Layout.Height - Layout.Top - (4 * WheelRadius) - 66;
        for (var panel = 0; panel < 10; panel++)
        {
            var (subdetector, layer) = panel < 4 ? (Subdetector.Tib, panel + 1) : (Subdetector.Tob, panel - 3);
            var rows = panel < 4 ? TibStrings[panel] : TobRods[panel - 4];
            var (x, twins) = (12 + (panel * 109), layer <= 2);
            layout.Grid(x, top, 101, Height, twins ? 24 : 12, rows, (column, row) =>
            {
                var z = twins ? column / 2 : column;
                return new Module(subdetector, layer, z < 6 ? -1 : 1, 0, row, rows, z, twins && column % 2 == 1);
            });
            layout.Write($"{(panel < 4 ? "TIB" : "TOB")} L{layer}", x + 50, top - 11);
        }

        return layout;
    }

    // The inner rings end where the cone of the tracker's acceptance does.
    private static bool Exists(int ring, int disk) => ring switch
    {
        1 => disk <= 3,
        2 => disk <= 6,
        3 => disk <= 8,
        _ => true,
    };

    private static void StripWheel(Layout layout, int x, int y, Subdetector subdetector, int disk, int side, IReadOnlyList<Layout.Ring> rings)
    {
        layout.Wheel(x, y, rings, (ring, phi, stereo) => new Module(subdetector, disk, side, ring.Number, phi, ring.Count, 0, stereo));
        layout.Write(string.Create(CultureInfo.InvariantCulture, $"{(subdetector == Subdetector.Tid ? "TID" : "TEC")}{(side > 0 ? '+' : '-')} {disk}"), x, y - WheelRadius - 10);
    }

    private static int WheelX(int number) => 10 + (number * WheelWidth) + (WheelWidth / 2);

    private static Layout MakePixels()
    {
        var layout = new Layout();
        for (var layer = 1; layer <= 4; layer++)
        {
            var (number, ladders, x) = (layer, Ladders[layer - 1], 20 + ((layer - 1) * 150));
            layout.Grid(x, Layout.Top + 24, 132, 516, 8, ladders, (column, row) => new Module(Subdetector.Bpix, number, column < 4 ? -1 : 1, 0, row, ladders, column, false));
            layout.Write($"BPIX L{layer}", x + 66, Layout.Top + 10);
        }

        foreach (var side in new[] { 1, -1 })
            for (var disk = 1; disk <= 3; disk++)
            {
                var (number, sign) = (disk, side);
                var (x, y) = (700 + ((disk - 1) * 160), side > 0 ? Layout.Top + 134 : Layout.Top + 424);
                layout.Wheel(x, y, [new(1, 24, 44, Blades[0], true), new(2, 48, 74, Blades[1], true)], (ring, phi, second) =>
                    new Module(Subdetector.Fpix, number, sign, ring.Number, phi, ring.Count, second ? 1 : 0, false));
                layout.Write($"FPIX{(side > 0 ? '+' : '-')} {disk}", x, y - 90);
            }

        return layout;
    }

    private static void Steps(Layout layout, int count)
    {
        for (var number = 1; number <= count; number += count > 30 ? 4 : 1)
            layout.Write(number.ToString(CultureInfo.InvariantCulture), 70, Layout.Top + 20 + 490 - (((2 * number) - 1) * 490 / (2 * count)) - (Font.Height / 2));
    }

    private static string Signed(int number) => number.ToString("+0;-0", CultureInfo.InvariantCulture);
}
