using System.Globalization;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>How often each strip of a module had a signal.</summary>
internal static class OccupancyPlot
{
    private const int Width = 900;
    private const int Height = 420;
    private const int Strips = 768;
    private const int Floor = Height - 50;

    public static void Paint(string type, long run, uint module, string path)
    {
        var picture = new Picture(Width, Height);
        picture.Write(string.Create(CultureInfo.InvariantCulture, $"Run {run}  Module {module}  {type}"), 60, 12, Picture.Black, size: 2);
        picture.Fill(70, 50, 1, Floor - 50, Picture.Black);
        picture.Fill(70, Floor, Strips + 10, 1, Picture.Black);
        var chip = Noise.Hash(module, (ulong)run) % 12;
        for (var strip = 0; strip < Strips; strip++)
        {
            // Six chips with 128 strips each; now and then one is silent, and some strips are noisy.
            var height = 150 + (25 * Noise.Normal(module, (ulong)strip)) + (12 * Noise.Normal(module, (ulong)run, (ulong)strip));
            if (chip == (ulong)(strip / 128)) height = 0;
            if (Noise.Uniform(module, (ulong)strip, 7) < 0.004) height *= 1.9;
            var pixels = Math.Clamp((int)height, 0, Floor - 55);
            picture.Fill(74 + strip, Floor - pixels, 1, pixels, Picture.Scale(pixels / 320.0));
        }

        for (var strip = 0; strip <= Strips; strip += 128)
        {
            var text = strip.ToString(CultureInfo.InvariantCulture);
            picture.Fill(74 + strip, Floor, 1, 5, Picture.Black);
            picture.Write(text, 74 + strip - (text.Length * Font.Advance / 2), Floor + 10, Picture.Black);
        }

        picture.Write("strip", 74 + (Strips / 2) - 15, Floor + 28, Picture.Black);
        picture.Write("hits", 20, 60, Picture.Black);
        picture.Save(path);
    }
}
