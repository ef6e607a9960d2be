using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Leader;

/// <summary>Says of a list of runs of the central certification what is known of each here. Days and filters do not matter to it.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class CentralModel(CerthelperDbContext db, TimeProvider time) : LeaderPage(db, time)
{
    /// <summary>The list as it was typed. In the address it may be short; the form sends it in its body.</summary>
    public string? Typed { get; private set; }

    public RunListText Read { get; private set; } = RunListText.Parse(null);

    /// <summary>Null when nothing was asked.</summary>
    public CentralCheck? Check { get; private set; }

    public Task OnGetAsync(string? list, CancellationToken cancellationToken) => CheckAsync(list, cancellationToken);

    public async Task<IActionResult> OnPostAsync([FromForm] string? list, CancellationToken cancellationToken)
    {
        await CheckAsync(list, cancellationToken);
        if (Read.Problem is not null || (Read.Runs.Count == 0 && Read.Ignored.Count > 0)) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task CheckAsync(string? list, CancellationToken cancellationToken)
    {
        Typed = list;
        Read = RunListText.Parse(list);
        if (Read.Runs.Count == 0) return;
        var runs = Read.Runs.ToArray();
        var verdicts = await Db.Certifications.Where(item => runs.Contains(item.RunReconstruction!.RunNumber))
            .Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new CentralVerdict(
                item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.RunReconstruction.Run!.Type, good)))
            .ToListAsync(cancellationToken);
        Check = CentralCertification.Check(runs, verdicts);
    }
}
