using Certhelper.Core.Administration;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin;

/// <summary>The rules of the second look with their limits, and the weights of the reference advisor.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class RulesModel(CerthelperDbContext db, LimitBook limits) : PageModel
{
    public CertificationOptions Options => limits.Value;

    public CertificationOptions Configured => limits.Configured;

    /// <summary>Limits that an administrator changed, by the name of the option.</summary>
    public IReadOnlyDictionary<string, Setting> Changed { get; private set; } = new Dictionary<string, Setting>();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Settings.AsNoTracking().Include(row => row.UpdatedBy).Where(row => row.Value != null).ToListAsync(cancellationToken);
        Changed = rows.Where(row => SettingKeys.Limit(row.Key) is not null).ToDictionary(row => SettingKeys.Limit(row.Key)!);
    }

    /// <summary>Id of a heading.</summary>
    public static string IdOf(string title) => title.ToLowerInvariant().Replace(' ', '-');
}
