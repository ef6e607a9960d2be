using System.Globalization;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Comparison;

/// <summary>One's own certifications beside what the Run Registry says. Without days in the address it is about this week.</summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class IndexModel(CerthelperDbContext db, RegistryComparisonDesk desk, TimeProvider time) : PageModel
{
    public PeriodBar Bar { get; private set; } = null!;

    public CertificationFilter Filter { get; private set; } = null!;

    public ComparisonView View { get; private set; } = null!;

    public async Task OnGetAsync(string? kind, CancellationToken cancellationToken)
    {
        var number = int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : (int?)null;
        var read = await ReadAsync(cancellationToken);
        View = ComparisonView.Of(read, kind, number, $"{Request.Path}{Request.QueryString.Add("handler", "refresh")}", time.GetUtcNow());
    }

    /// <summary>Asks a job for fresh datasets of the runs that are shown.</summary>
    public async Task<IActionResult> OnPostRefreshAsync(CancellationToken cancellationToken)
    {
        if ((await ReadAsync(cancellationToken)).Runs is { } runs) await RegistryQuestions.AskAsync(db, runs, time.GetUtcNow(), cancellationToken);
        return LocalRedirect(Request.Path + QueryString.Create(Request.Query.Where(pair => pair.Key != "handler")));
    }

    private async Task<ComparedSelection> ReadAsync(CancellationToken cancellationToken)
    {
        var today = ExperimentDay.Today(time);
        var query = Request.Query.Where(pair => pair.Key is not ("shifter" or "deleted")).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        if (!PeriodBar.Parameters.Any(query.ContainsKey)) query["when"] = "this-week";
        Filter = CertificationFilter.Read(new QueryCollection(query).Reader(), today, mayListDeleted: false);
        Bar = new PeriodBar(Request, Filter.Days, today);
        var me = User.UserId();
        return await desk.ReadAsync(Filter.Apply(db).Where(item => item.OwnerId == me), ComparisonView.Only(Filter), withMissingHere: false, cancellationToken);
    }
}
