using Certhelper.Core.Scripts;

namespace Certhelper.Web.Lists;

/// <summary>What lists show of an execution.</summary>
/// <param name="Lines">How many lines of output are kept.</param>
public sealed record ExecutionRow(
    long Id,
    string Key,
    string Title,
    ExecutionKind Kind,
    ExecutionState State,
    int? Percent,
    string? Trouble,
    int? ExitCode,
    long Lines,
    int Files,
    Dictionary<string, string> Arguments,
    string Login,
    string Name,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>How long it has run, or did.</summary>
    public TimeSpan? Took(DateTimeOffset now) => StartedAt is { } start ? (EndedAt ?? now) - start : null;
}

/// <summary>Reads rows: one statement, whatever they show.</summary>
public static class ExecutionRows
{
    public static IQueryable<ExecutionRow> AsRows(this IQueryable<Execution> query) => query.Select(item => new ExecutionRow(
        item.Id,
        item.Script!.Key,
        item.Script.Title,
        item.Kind,
        item.State,
        item.Percent,
        item.Trouble,
        item.ExitCode,
        item.LastLine,
        item.Files.Count,
        item.Arguments,
        item.StartedBy!.Login,
        item.StartedBy.Name,
        item.RequestedAt,
        item.StartedAt,
        item.EndedAt));
}
