namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>A picture in the colours of tracker maps.</summary>
internal sealed class Picture(int width, int height)
{
    public const byte White = 0;
    public const byte Black = 1;
    public const byte NoData = 2;
    public const byte Good = 3;
    public const byte Bad = 4;
    public const byte Grey = 5;

    private const int FirstOfScale = 16;
    private const int Steps = 240;

    private static readonly byte[] Palette = MakePalette();

    private readonly byte[] pixels = new byte[width * height];

    /// <summary>The colour of a fraction of the scale: from blue by green to red.</summary>
    public static byte Scale(double fraction) => (byte)(FirstOfScale + (int)Math.Clamp(fraction * Steps, 0, Steps - 1));

    public void Set(int index, byte colour) => pixels[index] = colour;

    public void Fill(int x, int y, int boxWidth, int boxHeight, byte colour)
    {
        for (var row = y; row < y + boxHeight; row++) pixels.AsSpan((row * width) + x, boxWidth).Fill(colour);
    }

    public void Write(string text, int x, int y, byte colour, int size = 1)
    {
        for (var i = 0; i < text.Length; i++)
            for (var column = 0; column < Font.Advance - 1; column++)
                for (var row = 0; row < Font.Rows; row++)
                {
                    var left = x + (((i * Font.Advance) + column) * size);
                    if (Font.IsSet(text[i], column, row) && left >= 0 && left + size <= width) Fill(left, y + (row * size), size, size, colour);
                }
    }

    public void Save(string path)
    {
        // Whole or not at all: somebody may be fetching files from the folder.
        var staging = path + ".new";
        using (var file = File.Create(staging)) PngWriter.Write(file, width, height, pixels, Palette);
        File.Move(staging, path, overwrite: true);
    }

    private static byte[] MakePalette()
    {
        var palette = new byte[256 * 3];
        Put(White, 255, 255, 255);
        Put(Black, 20, 20, 20);
        Put(NoData, 90, 90, 96);
        Put(Good, 140, 205, 140);
        Put(Bad, 214, 32, 32);
        Put(Grey, 170, 170, 170);
        for (var step = 0; step < Steps; step++)
        {
            // Around the circle of colours from blue (240°) to red (0°), and darker at both ends.
            var position = 4.0 * (Steps - 1 - step) / (Steps - 1);
            var rest = position - Math.Floor(position);
            var (red, green, blue) = (int)position switch
            {
                0 => (1.0, rest, 0.0),
                1 => (1 - rest, 1.0, 0.0),
                2 => (0.0, 1.0, rest),
                3 => (0.0, 1 - rest, 1.0),
                _ => (0.0, 0.0, 1.0),
            };
            var light = 0.96 - (0.18 * Math.Abs((2.0 * step / (Steps - 1)) - 1));
            Put(FirstOfScale + step, (byte)(255 * red * light), (byte)(255 * green * light), (byte)(255 * blue * light));
        }

        return palette;

        void Put(int index, byte red, byte green, byte blue) => (palette[index * 3], palette[(index * 3) + 1], palette[(index * 3) + 2]) = (red, green, blue);
    }
}
