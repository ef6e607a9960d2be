using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Certify;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>One revision of a certification: what changed, who, when, why, and what it was based on.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class RevisionModel(CerthelperDbContext db, EvidenceSheets sheets) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public CertificationRevision Revision { get; private set; } = null!;

    public EvidenceSheet? Evidence { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Number of the newest revision.</summary>
    public int Last { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Include(row => row.RunReconstruction).Include(row => row.Revisions).ThenInclude(row => row.By)
            .AsSplitQuery().SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null || (item.DeletedAt is not null && !User.May(Permission.DeleteCertifications))) return NotFound();
        if (item.Revisions.Find(row => row.Number == Number) is not { } revision) return NotFound();

        Revision = revision;
        Last = item.Revisions.Max(row => row.Number);
        Name = item.RunReconstruction!.Name();
        Evidence = await sheets.OfAsync(item, Number, cancellationToken);
        return Page();
    }
}
