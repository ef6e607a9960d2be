using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.References;

/// <summary>One reference: conditions, who uses it, what was done with it.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class DetailsModel(CerthelperDbContext db) : PageModel
{
    /// <summary>The reference's own certification.</summary>
    public sealed record Own(int Id, bool Good);

    /// <summary>A certification that uses it.</summary>
    public sealed record Use(int Id, int RunNumber, Reconstruction Reconstruction, bool Good, string Owner, DateOnly Date);

    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public Reference Reference { get; private set; } = null!;

    public Own? Certification { get; private set; }

    public PageOf<Use> Usage { get; private set; } = null!;

    public IReadOnlyList<ReferenceEvent> History { get; private set; } = [];

    public string Name => FormattableString.Invariant($"{Reference.RunReconstruction!.RunNumber} {Reference.RunReconstruction.Reconstruction.Code()}");

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        var reference = await db.References.AsNoTracking()
            .Include(row => row.PromotedBy)
            .Include(row => row.RetiredBy)
            .Include(row => row.RunReconstruction).ThenInclude(of => of!.Run).ThenInclude(run => run!.Fill)
            .Include(row => row.RunReconstruction).ThenInclude(of => of!.Certifications)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (reference is null) return NotFound();
        Reference = reference;
        Certification = reference.RunReconstruction!.Certifications.Select(item => new Own(item.Id, VerdictRule.IsGood(item))).FirstOrDefault();
        var page = await db.Certifications.AsNoTracking()
            .Include(item => item.Owner)
            .Include(item => item.RunReconstruction).ThenInclude(of => of!.Run)
            .Where(item => item.ReferenceId == Id)
            .OrderByDescending(item => item.Date).ThenByDescending(item => item.Id)
            .PageAsync(number, cancellationToken);
        Usage = new PageOf<Use>(
            [.. page.Items.Select(item => new Use(item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, VerdictRule.IsGood(item), item.Owner!.Name, item.Date))],
            page.Total, page.Number, page.Size);
        History = await db.ReferenceEvents.AsNoTracking().Include(row => row.By).Where(row => row.ReferenceId == Id)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return Page();
    }

    /// <summary>What was done, in a word.</summary>
    public static string Say(ReferenceAct act) => act switch
    {
        ReferenceAct.Promoted => "Promoted",
        ReferenceAct.ValidityChanged => "Meaning changed",
        ReferenceAct.Retired => "Retired",
    };
}
