using Certhelper.Core.Scripts;

namespace Certhelper.Web.Executions;

/// <summary>How an execution stands at one moment, without its lines.</summary>
/// <param name="Bytes">What the script has printed, kept or not.</param>
/// <param name="Tail">What follows the last line break.</param>
/// <param name="StopBy">Who asked for its end.</param>
/// <param name="Events">How many things have happened to it.</param>
/// <param name="Change">Counts every change.</param>
internal sealed record ExecutionNow(
    ExecutionState State,
    string? Trouble,
    int Attempt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int? ExitCode,
    long LastLine,
    long Bytes,
    string? Tail,
    int? Percent,
    bool Truncated,
    string? StopBy,
    int Files,
    int Events,
    long Change)
{
    /// <summary>Nothing follows any more.</summary>
    public bool Ended => EndedAt is not null;

    /// <summary>What else than numbers the page shows of it; another look means that parts of the page are drawn anew.</summary>
    public string Look => LookOf(State, Attempt, ExitCode, StopBy is not null, Files, Events, Truncated, Trouble);

    /// <summary>The look of what a page has read.</summary>
    public static string LookOf(Execution item) => LookOf(
        item.State, item.Attempt, item.ExitCode, item.StopRequestedAt is not null, item.Files.Count, item.Events.Count, item.Truncated, item.Trouble);

    private static string LookOf(ExecutionState state, int attempt, int? exitCode, bool stopping, int files, int events, bool truncated, string? trouble) =>
        FormattableString.Invariant($"{state} {attempt} {exitCode} {stopping} {files} {events} {truncated} {trouble}");
}
