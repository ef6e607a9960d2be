using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.Settings;

/// <summary>What is set, by whom and why; read from the database, so that it shows what is and not what this process knows yet.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class IndexModel(CerthelperDbContext db, TimeProvider time) : PageModel
{
    private IReadOnlyList<Setting> rows = [];

    public SiteState State { get; private set; } = SiteState.Untouched;

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public Setting? Of(string key) => rows.FirstOrDefault(row => row.Key == key);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        rows = await db.Settings.AsNoTracking().Include(row => row.UpdatedBy).ToListAsync(cancellationToken);
        State = new SiteState(rows.Where(row => row.Value is not null).ToDictionary(row => row.Key, row => row.Value!));
    }
}
