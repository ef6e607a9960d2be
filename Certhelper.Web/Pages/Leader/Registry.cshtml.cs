using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Leader;

/// <summary>The certifications of the period beside what the Run Registry says.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class RegistryModel(CerthelperDbContext db, RegistryComparisonDesk desk, TimeProvider time) : LeaderPage(db, time)
{
    public ComparisonView View { get; private set; } = null!;

    public async Task OnGetAsync(string? kind, CancellationToken cancellationToken)
    {
        var number = int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : (int?)null;
        View = ComparisonView.Of(await ReadAsync(cancellationToken), kind, number, Here("refresh"), Time.GetUtcNow());
    }

    /// <summary>Asks a job for fresh datasets of the runs that are shown.</summary>
    public async Task<IActionResult> OnPostRefreshAsync(CancellationToken cancellationToken)
    {
        if ((await ReadAsync(cancellationToken)).Runs is { } runs) await RegistryQuestions.AskAsync(Db, runs, Time.GetUtcNow(), cancellationToken);
        return LocalRedirect(Request.Path + QueryString.Create(Request.Query.Where(pair => pair.Key != "handler")));
    }

    private Task<ComparedSelection> ReadAsync(CancellationToken cancellationToken) =>
        desk.ReadAsync(Filter.Apply(Db), ComparisonView.Only(Filter), withMissingHere: true, cancellationToken);
}
