using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Executions;

/// <summary>All executions, newest first, with filters.</summary>
[Authorize(Policy = nameof(Permission.RunScripts))]
public sealed class IndexModel(ExecutionList list, TimeProvider time) : PageModel
{
    public ExecutionFilter Filter { get; private set; } = null!;

    public PageOf<ExecutionRow> List { get; private set; } = null!;

    public IReadOnlyList<Choice> Scripts { get; private set; } = [];

    public IReadOnlyList<Choice> People { get; private set; } = [];

    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    public static IReadOnlyList<Choice> States { get; } =
    [
        new("waiting", "waiting", null), new("running", "running", null), new("succeeded", "succeeded", null), new("failed", "failed", null),
        new("stopped", "stopped", null), new("timedout", "time was up", null), new("lost", "lost", null),
    ];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, int? size, CancellationToken cancellationToken)
    {
        Filter = ExecutionFilter.Read(Request.Query, ExperimentDay.Today(time));
        List = await list.PageAsync(Filter, number, Paging.SizeOf(size), cancellationToken);
        (Scripts, People) = await list.ChoicesAsync(cancellationToken);
        Chips = [.. Filter.Chips(Request, NameOf)];
    }

    private string? NameOf(string parameter, string value) => (parameter switch
    {
        "script" => Scripts,
        "person" => People,
        "state" => States,
        _ => [],
    }).FirstOrDefault(choice => choice.Value.Equals(value, StringComparison.OrdinalIgnoreCase))?.Text;
}
