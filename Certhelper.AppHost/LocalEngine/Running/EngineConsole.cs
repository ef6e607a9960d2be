using System.Globalization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Lines with the name of their resource before them, coloured on a terminal.</summary>
internal sealed class EngineConsole(TextWriter output, bool coloured)
{
    private static readonly int[] Colours = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94];

    private readonly Lock access = new();
    private readonly Dictionary<string, int> colourOf = [];
    private int width = 10;

    /// <summary>Whether a terminal reads along and wants colours (<c>NO_COLOR</c> is unset).</summary>
    public static bool WantsColour(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Reserve(IEnumerable<string> names)
    {
        foreach (var name in names) width = Math.Max(width, name.Length);
    }

    /// <summary>A line that a process wrote.</summary>
    public void Log(string source, string line)
    {
        lock (access)
        {
            if (!colourOf.TryGetValue(source, out var colour)) colourOf[source] = colour = Colours[colourOf.Count % Colours.Length];
            output.WriteLine($"{Paint(colour, source.PadRight(width))} | {line}");
        }
    }

    /// <summary>A line of the engine itself.</summary>
    public void Say(string line)
    {
        lock (access) output.WriteLine(Paint(1, line));
    }

    /// <summary>A line of the engine that nobody should miss.</summary>
    public void Warn(string line)
    {
        lock (access) output.WriteLine(Paint(31, line));
    }

    public void Write(string text)
    {
        lock (access) output.Write(text);
    }

    private string Paint(int colour, string text) =>
        coloured ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{colour}m{text}\u001b[0m") : text;
}
