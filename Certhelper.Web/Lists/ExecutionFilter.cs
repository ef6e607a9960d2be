using System.Linq.Expressions;
using Certhelper.Core.Lists;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>Which executions a list shows.</summary>
public sealed class ExecutionFilter : ListFilter
{
    private static readonly Dictionary<string, ExecutionState[]> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["waiting"] = [ExecutionState.Waiting],
        ["running"] = ExecutionStates.OnHost,
        ["succeeded"] = [ExecutionState.Succeeded],
        ["failed"] = [ExecutionState.Failed],
        ["stopped"] = [ExecutionState.Stopped],
        ["timedout"] = [ExecutionState.TimedOut],
        ["lost"] = [ExecutionState.Lost],
    };

    private readonly IReadOnlyList<string> scripts;
    private readonly IReadOnlyList<string> people;
    private readonly IReadOnlyList<ExecutionState[]> states;
    private readonly RunSelection? runs;

    private ExecutionFilter(FilterReader reader, DateOnly today)
        : base(reader, DayRange.Read(reader, today), today)
    {
        scripts = reader.Texts("script");
        states = reader.Choices("state", States);
        people = reader.Texts("person");
        runs = reader.Selection("runs");
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        .. DayRange.Parameters("on which an execution was asked for"),
        new("script", "Short names of scripts.", "tracker-maps", Several: true),
        new("state", "How it stands.", "running", States.Keys, Several: true),
        new("person", "Who started it, by login.", "sara.shifter", Several: true),
        new("runs", "Runs that it is about.", "380115-380130"),
    ];

    protected override IReadOnlyList<FilterParameter> Known => Parameters;

    public static ExecutionFilter Read(IQueryCollection query, DateOnly today) => new(query.Reader(), today);

    /// <summary>The executions that fit; none when something could not be understood.</summary>
    public IQueryable<Execution> Apply(CerthelperDbContext db)
    {
        var query = db.Executions.AsNoTracking();
        if (Problems.Count > 0) return query.Where(item => false);
        if (Days.Start is { } start) query = query.Where(item => item.RequestedAt >= start);
        if (Days.End is { } end) query = query.Where(item => item.RequestedAt < end);
        if (scripts.Count > 0) query = query.Where(item => scripts.Contains(item.Script!.Key));
        if (people.Count > 0) query = query.Where(item => people.Contains(item.StartedBy!.Login));
        if (states.Count > 0)
        {
            var wanted = states.SelectMany(group => group).ToList();
            query = query.Where(item => wanted.Contains(item.State));
        }

        return runs is null ? query : query.Where(About(runs));
    }

    protected override string Say(string name, string value) => name == "state" ? value : SayRun(name, value);

    // One run is found in the index; a range is looked for in what is left.
    private static Expression<Func<Execution, bool>> About(RunSelection selection) => Compose.Any(selection.Ranges.Select(range => range.From == range.To
        ? AboutOne(range.From)
        : AboutRange(range.From, range.To)));

    private static Expression<Func<Execution, bool>> AboutOne(int number) => item => item.Runs.Contains(number);

    private static Expression<Func<Execution, bool>> AboutRange(int from, int to) => item => item.Runs.Any(run => run >= from && run <= to);
}
