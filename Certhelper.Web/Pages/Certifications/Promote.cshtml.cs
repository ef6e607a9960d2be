using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Makes the run reconstruction of a good certification a reference; asks first when it is come to by a link.</summary>
[Authorize(Policy = nameof(Permission.ManageReferences))]
public sealed class PromoteModel(ReferenceDesk desk, CerthelperDbContext db, ApvModeDesk modes) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public string Name { get; private set; } = "";

    /// <summary>What it is certified as, and what follows.</summary>
    public string Says { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().Include(row => row.RunReconstruction).ThenInclude(of => of!.Run)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null) return NotFound();
        var of = item.RunReconstruction!;
        Name = FormattableString.Invariant($"{of.RunNumber} {of.Reconstruction.Code()}");
        Says = $"A {Words.Of(of.Run?.Type)} run, certified as {(VerdictRule.IsGood(item) ? "good. It can then be chosen in certifications" : "bad: it cannot become a reference")}.";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await desk.PromoteAsync(Id, Actor.From(User)!, cancellationToken))
        {
            case ReferenceResult.Done done:
                var run = await db.References.Where(row => row.Id == done.ReferenceId).Select(row => row.RunReconstruction!.RunNumber).SingleAsync(cancellationToken);
                // It can be chosen from now on whether ebutz answers or not.
                await modes.OfRunAsync(run, cancellationToken);
                TempData.Add(new Toast("It is a reference now and can be chosen in certifications."));
                break;
            case ReferenceResult.AlreadyReference:
                TempData.Add(new Toast("It was a reference already."));
                break;
            case ReferenceResult.Refused refused:
                TempData.Add(new Toast(refused.Reason, IsProblem: true));
                break;
            case ReferenceResult.Conflict:
                TempData.Add(new Toast("Somebody changed the reference at the same moment. Look again.", IsProblem: true));
                break;
            default:
                return NotFound();
        }

        return LocalRedirect(Words.CertificationUrl(Id));
    }
}
