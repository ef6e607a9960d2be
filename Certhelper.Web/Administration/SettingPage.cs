using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Certify;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Administration;

/// <summary>A page that changes one setting: with a reason, and not over somebody else's change.</summary>
public abstract class SettingPage(CerthelperDbContext db, TimeProvider time) : PageModel
{
    /// <summary>The setting's version when the page was opened; 0 while nobody has set it.</summary>
    [BindProperty]
    public uint Version { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    /// <summary>As it is stored; null while nobody has set it.</summary>
    public Setting? Stored { get; private set; }

    public ChangeResult.Overtaken? Overtaken { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    protected async Task LoadAsync(string key, CancellationToken cancellationToken)
    {
        Stored = await db.Settings.AsNoTracking().Include(item => item.UpdatedBy).SingleOrDefaultAsync(item => item.Key == key, cancellationToken);
        Version = Stored?.Version ?? 0;
    }

    /// <summary>To the list with a word of what was done, or the page again with what is wrong.</summary>
    protected async Task<IActionResult> TellAsync(ChangeResult result, string key, string done, string back, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case ChangeResult.Done:
                TempData.Add(new Toast(done));
                return LocalRedirect(back);
            case ChangeResult.Invalid invalid:
                ModelState.Add("", invalid.Errors);
                await StayAsync(key, cancellationToken);
                return this.Again(StatusCodes.Status422UnprocessableEntity);
            case ChangeResult.Overtaken overtaken:
                Overtaken = overtaken;
                ModelState.Remove(nameof(Version));
                // Saving again, after having been told, is meant.
                await LoadAsync(key, cancellationToken);
                return this.Again(StatusCodes.Status409Conflict);
            case ChangeResult.Refused:
                return this.Refuse(Permission.ManageSettings);
            default:
                return NotFound();
        }
    }

    /// <summary>For the page again: what the person saw stays what he saw.</summary>
    protected async Task StayAsync(string key, CancellationToken cancellationToken)
    {
        var seen = Version;
        await LoadAsync(key, cancellationToken);
        Version = seen;
    }
}
