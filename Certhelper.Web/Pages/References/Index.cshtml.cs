using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.References;

/// <summary>The runs that others are compared with, and under which conditions they were taken.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    /// <summary>Show the retired ones too.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Retired { get; set; }

    public PageOf<Reference> List { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken) =>
        List = await db.References.AsNoTracking()
            .Include(reference => reference.PromotedBy)
            .Include(reference => reference.RetiredBy)
            .Include(reference => reference.RunReconstruction).ThenInclude(of => of!.Run).ThenInclude(run => run!.Fill)
            .Where(reference => Retired || reference.RetiredAt == null)
            .OrderByDescending(reference => reference.RunReconstruction!.RunNumber).ThenBy(reference => reference.Id)
            .PageAsync(number, cancellationToken);
}
