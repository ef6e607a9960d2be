using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.People;

/// <summary>One person: roles and where they come from, what administrators gave and took, and whether he may come in.</summary>
[Authorize(Policy = nameof(Permission.ManagePeople))]
public sealed class DetailsModel(CerthelperDbContext db, RightsDesk desk, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>What the administrator saw; see <see cref="User.RightsVersion"/>.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public Role? Role { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public User Person { get; private set; } = null!;

    public int Certifications { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        Version = Person.RightsVersion;
        return Page();
    }

    public async Task<IActionResult> OnPostGrantAsync(CancellationToken cancellationToken) =>
        await TellAsync(await desk.GrantAsync(Id, Version, Role, Until, Why, Actor.From(User)!, cancellationToken), name => $"{name} is {Role?.Title()} until the end of {Until:yyyy-MM-dd}.", cancellationToken);

    public async Task<IActionResult> OnPostWithdrawAsync(int grant, CancellationToken cancellationToken) =>
        await TellAsync(await desk.WithdrawAsync(Id, Version, grant, Why, Actor.From(User)!, cancellationToken), name => $"The grant is withdrawn; {name} has lost what it gave.", cancellationToken);

    public async Task<IActionResult> OnPostStateAsync(bool deactivate, CancellationToken cancellationToken) =>
        await TellAsync(
            await desk.DeactivateAsync(Id, Version, deactivate, Why, Actor.From(User)!, cancellationToken), name => deactivate ? $"{name} is deactivated and signed out everywhere." : $"{name} may sign in again.", cancellationToken);

    private async Task<IActionResult> TellAsync(RightsResult result, Func<string, string> done, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case RightsResult.Done changed:
                TempData.Add(new Toast(done(changed.Name)));
                return LocalRedirect(FormattableString.Invariant($"/admin/people/{Id}"));
            case RightsResult.Invalid invalid:
                ModelState.Add("", invalid.Errors);
                return await LoadAsync(cancellationToken) ? this.Again(StatusCodes.Status422UnprocessableEntity) : NotFound();
            case RightsResult.AlreadySo so:
                ModelState.AddModelError("", so.Words);
                return await LoadAsync(cancellationToken) ? this.Again(StatusCodes.Status409Conflict) : NotFound();
            case RightsResult.Overtaken:
                ModelState.AddModelError("", "Another administrator changed this person's rights since you opened the page. What holds now is below; what you typed is still here, and sending it again means it.");
                if (!await LoadAsync(cancellationToken)) return NotFound();
                Version = Person.RightsVersion;
                return this.Again(StatusCodes.Status409Conflict);
            case RightsResult.Refused:
                return this.Refuse(Permission.ManagePeople);
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var person = await db.Users.AsNoTracking()
            .Include(user => user.Grants).ThenInclude(grant => grant.GrantedBy)
            .Include(user => user.Grants).ThenInclude(grant => grant.WithdrawnBy)
            .SingleOrDefaultAsync(user => user.Id == Id, cancellationToken);
        if (person is null) return false;
        Person = person;
        Certifications = await db.Certifications.CountAsync(item => item.OwnerId == Id, cancellationToken);
        return true;
    }
}
