using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Scripts.Hosts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Admin.Hosts;

/// <summary>Keys of hosts: those that wait for a decision, and those that were decided.</summary>
[Authorize(Policy = nameof(Permission.ManageScripts))]
public sealed class IndexModel(CerthelperDbContext db) : PageModel
{
    public IReadOnlyList<HostKeyCase> Waiting { get; private set; } = [];

    public IReadOnlyList<HostKeyCase> Decided { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var keys = await HostKeyBoard.ReadAsync(db, cancellationToken);
        Waiting = [.. keys.Where(item => item.Key.State == HostKeyState.Pending)];
        Decided = [.. keys.Where(item => item.Key.State != HostKeyState.Pending)];
    }
}
