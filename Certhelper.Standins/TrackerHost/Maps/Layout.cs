namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>Which point of the picture shows which module, and what is written beside them.</summary>
internal sealed class Layout
{
    public const int Width = 1200;
    public const int Height = 600;

    /// <summary>Where the title ends and the detector begins.</summary>
    public const int Top = 40;

    /// <summary>Where the detector ends and the colour scale begins.</summary>
    public const int Right = 1110;

    private readonly List<Module> modules = [];
    private readonly List<Label> labels = [];
    private readonly short[] cells = new short[Width * Height];

    public Layout() => Array.Fill(cells, (short)-1);

    public sealed record Label(string Text, int X, int Y);

    public sealed record Ring(int Number, double From, double To, int Count, bool Double);

    public IReadOnlyList<Module> Modules => modules;

    public IReadOnlyList<Label> Labels => labels;

    /// <summary>The index of the module at each point, row by row; -1 where there is none.</summary>
    public ReadOnlySpan<short> Cells => cells;

    /// <summary>A text with its middle at <paramref name="x"/>.</summary>
    public void Write(string text, int x, int y) => labels.Add(new Label(text, x - (text.Length * Font.Advance / 2), y));

    /// <summary>A barrel cut open: along the beam to the right, around it upwards.</summary>
    public void Grid(int x, int y, int width, int height, int columns, int rows, Func<int, int, Module> at)
    {
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var index = Add(at(column, row));
                var (left, right) = (x + (column * width / columns), x + ((column + 1) * width / columns));
                var (upper, lower) = (y + height - ((row + 1) * height / rows), y + height - (row * height / rows));
                // A line between neighbours, where there is room for one.
                if (right - left > 3) right--;
                if (lower - upper > 3) lower--;
                for (var line = upper; line < lower; line++) cells.AsSpan((line * Width) + left, right - left).Fill(index);
            }
    }

    /// <summary>A disk seen along the beam.</summary>
    public void Wheel(int x, int y, IReadOnlyList<Ring> rings, Func<Ring, int, bool, Module> at)
    {
        foreach (var ring in rings)
        {
            var first = modules.Count;
            for (var phi = 0; phi < ring.Count; phi++)
            {
                Add(at(ring, phi, false));
                if (ring.Double) Add(at(ring, phi, true));
            }

            var reach = (int)Math.Ceiling(ring.To);
            for (var dy = -reach; dy <= reach; dy++)
                for (var dx = -reach; dx <= reach; dx++)
                {
                    var radius = Math.Sqrt((dx * dx) + (dy * dy));
                    if (radius < ring.From || radius >= ring.To) continue;
                    var turn = Math.Atan2(-dy, dx) / (2 * Math.PI);
                    var phi = Math.Min((int)((turn < 0 ? turn + 1 : turn) * ring.Count), ring.Count - 1);
                    var outer = radius >= (ring.From + ring.To) / 2 ? 1 : 0;
                    cells[((y + dy) * Width) + x + dx] = (short)(first + (ring.Double ? (phi * 2) + outer : phi));
                }
        }
    }

    private short Add(Module module)
    {
        modules.Add(module);
        return (short)(modules.Count - 1);
    }
}
