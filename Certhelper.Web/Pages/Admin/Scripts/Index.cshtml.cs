using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Scripts.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Scripts;

/// <summary>All scripts: where they run, in which version, and who changed them last.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    public IReadOnlyList<ShelvedScript> Scripts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Scripts = await ScriptShelf.ReadAsync(db, cancellationToken);
}
