using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>Gives a certification to somebody else: one's own, or anybody's by those who may change it.</summary>
[Authorize(Policy = nameof(Permission.Certify))]
public sealed class HandOverModel(CerthelperDbContext db, CertificationDesk desk, TimeProvider time) : CertificationActPage
{
    [BindProperty]
    public int? ToUserId { get; set; }

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken) is { } answer) return answer;
        Version = Item.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken) is { } answer) return answer;
        if (ToUserId is not { } to) return Mistake(nameof(ToUserId), "Choose who gets it.");
        var result = await desk.HandOverAsync(Id, Version, to, Why, Actor.From(User)!, cancellationToken);
        if (result is not SaveResult.Saved) return NotDone(result, "hand it over");
        TempData.Add(new Toast($"{Name} is handed over."));
        return LocalRedirect(Words.CertificationUrl(Id));
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(db.Certifications, cancellationToken)) return NotFound();
        if (Item.OwnerId != User.UserId() && !User.May(Permission.EditOthersCertifications))
        {
            return this.Refuse(Permission.EditOthersCertifications);
        }

        var people = await db.PeopleAsync(time.GetUtcNow(), cancellationToken);
        People = [.. people.Where(user => user.Id != Item.OwnerId && user.May(Permission.Certify)).Select(user => new SelectListItem($"{user.Name} ({user.Login})", user.Id.ToString(CultureInfo.InvariantCulture)))];
        return null;
    }
}
