using System.Globalization;
using System.Reflection;

namespace Certhelper.Core.Scripts;

/// <summary>How a command stands on its host.</summary>
/// <param name="Known">Whether the host knows of it at all.</param>
/// <param name="Alive">Whether the shell that watches it lives.</param>
/// <param name="Code">Exit code; null while it runs.</param>
/// <param name="Left">Processes on the host that belong to it, the watching shell included.</param>
public sealed record RemoteState(bool Known, bool Alive, int? Code, int Left);

/// <summary>What a stop ended.</summary>
/// <param name="Found">Processes that were there.</param>
/// <param name="Forced">Of these, by force.</param>
/// <param name="Still">Of these, not ended.</param>
public sealed record StopReport(int Found, int Forced, int Still);

/// <summary>
/// Starts, watches and ends a command on a host, by small POSIX shell scripts that are sent over. The command runs in a
/// session of its own; a folder in the account's home holds its process id, its output and its exit code.
/// </summary>
public static class RemoteCommand
{
    /// <summary>File of the output in the folder.</summary>
    public const string Log = "log";

    /// <summary>File of the exit code in the folder.</summary>
    public const string Code = "code";

    /// <summary>Made when the command begins, by the host's clock.</summary>
    public const string Begun = "begun";

    private static readonly string StartText = ReadStart();
    private static readonly string CheckText = Read("check.sh");
    private static readonly string StopText = Read("stop.sh");
    private static readonly string ProbeText = Read("probe.sh");

    /// <summary>The words that look whether a command could run, instead of running it.</summary>
    public static IReadOnlyList<string> Probe(IReadOnlyList<string> words) => ["sh", "-c", ProbeText, "probe", .. words.Take(2)];

    /// <summary>Starts the command unless it has been started under this name before.</summary>
    /// <returns>The folder of pid, log and code.</returns>
    /// <exception cref="HostTroubleException">The host cannot run it, or broke off.</exception>
    public static async Task<string> StartAsync(HostSession session, string name, string folder, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var pattern = folder.Length == 0 ? "\"$HOME\"" : ShellWords.QuoteFolder(folder);
        var script = StartText.Replace("@FOLDER@", pattern, StringComparison.Ordinal).Replace("@SHOWN@", string.Concat(folder.Where(IsShown)), StringComparison.Ordinal);
        var answer = Lines(await session.RunAsync(script, [name, .. words], TimeSpan.FromSeconds(30), cancellationToken));
        if (answer.Find(line => line.StartsWith("trouble ", StringComparison.Ordinal)) is { } trouble)
            throw new HostTroubleException(HostTrouble.Host, "On the host: " + trouble["trouble ".Length..] + ".");
        if (!answer.Contains("begun")) throw new HostTroubleException(HostTrouble.Network, "The host did not begin the command.");
        return answer.Find(line => line.StartsWith("folder ", StringComparison.Ordinal))!["folder ".Length..];
    }

    public static async Task<RemoteState> CheckAsync(HostSession session, string name, CancellationToken cancellationToken)
    {
        var answer = Lines(await session.RunAsync(CheckText, [name], TimeSpan.FromSeconds(20), cancellationToken));
        return new RemoteState(!answer.Contains("missing"), answer.Contains("alive"), Number(answer, "code"), Number(answer, "left") ?? 0);
    }

    /// <summary>Ends it: TERM, then KILL to what is left after the grace.</summary>
    public static async Task<StopReport> StopAsync(HostSession session, string name, TimeSpan grace, CancellationToken cancellationToken)
    {
        var seconds = ((int)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var answer = Lines(await session.RunAsync(StopText, [name, seconds], grace + TimeSpan.FromSeconds(20), cancellationToken));
        if (Number(answer, "still") is not { } still) throw new HostTroubleException(HostTrouble.Network, "The host did not say what it has stopped.");
        return new StopReport(Number(answer, "found") ?? 0, Number(answer, "forced") ?? 0, still);
    }

    // What stands in a sentence of the script must not end its quotes.
    private static bool IsShown(char letter) => letter is not ('"' or '$' or '`' or '\\') && !char.IsControl(letter);

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];

    private static int? Number(List<string> lines, string word) =>
        lines.Find(line => line.StartsWith(word + " ", StringComparison.Ordinal)) is { } line
        && int.TryParse(line.AsSpan(word.Length + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The function that the detached shell runs is written once, and goes into the script twice.</summary>
    private static string ReadStart()
    {
        var text = Read("start.sh");
        var from = text.IndexOf("launch() {", StringComparison.Ordinal);
        var to = text.IndexOf("\n}\n", from, StringComparison.Ordinal) + 2;
        return text.Remove(from, to - from + 1).Replace("@LAUNCH@", text[from..to], StringComparison.Ordinal);
    }

    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Certhelper.Core.Scripts.Remote." + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
