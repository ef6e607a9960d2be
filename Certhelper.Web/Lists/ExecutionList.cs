using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>The list of executions, newest first, and what its filter offers.</summary>
public sealed class ExecutionList(CerthelperDbContext db)
{
    private sealed record Row(string Kind, string Value, string Text);

    public Task<PageOf<ExecutionRow>> PageAsync(ExecutionFilter filter, int? number, int size, CancellationToken cancellationToken) =>
        filter.Apply(db).OrderByDescending(item => item.Id).AsRows().PageAsync(number, cancellationToken, size);

    /// <summary>The executions that are about a run.</summary>
    public async Task<IReadOnlyList<ExecutionRow>> OfRunAsync(int run, int most, CancellationToken cancellationToken) =>
        await db.Executions.AsNoTracking().Where(item => item.Runs.Contains(run)).OrderByDescending(item => item.Id).Take(most).AsRows().ToListAsync(cancellationToken);

    /// <summary>The latest executions of a script.</summary>
    public async Task<IReadOnlyList<ExecutionRow>> OfScriptAsync(int script, int most, CancellationToken cancellationToken) =>
        await db.Executions.AsNoTracking().Where(item => item.ScriptId == script).OrderByDescending(item => item.Id).Take(most).AsRows().ToListAsync(cancellationToken);

    /// <summary>Scripts, and the people who have started one.</summary>
    public async Task<(IReadOnlyList<Choice> Scripts, IReadOnlyList<Choice> People)> ChoicesAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            (SELECT 'script' AS kind, key AS value, title AS text FROM scripts ORDER BY position, id)
            UNION ALL
            (SELECT 'person', login, name FROM users WHERE EXISTS (SELECT 1 FROM executions WHERE started_by_id = users.id) ORDER BY name)
            """).ToListAsync(cancellationToken);
        return (Of("script"), Of("person"));

        IReadOnlyList<Choice> Of(string kind) => [.. rows.Where(row => row.Kind == kind).Select(row => new Choice(row.Value, row.Text, null))];
    }
}
