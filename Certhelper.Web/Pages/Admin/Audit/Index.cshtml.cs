using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Audit;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin.Audit;

/// <summary>Who did what, when, from where, and what was before.</summary>
[Authorize(Policy = nameof(Permission.ViewAudit))]
public sealed class IndexModel(AuditList list, CerthelperDbContext db, IOptions<AuditOptions> options, TimeProvider time) : PageModel
{
    public AuditFilter Filter { get; private set; } = null!;

    public AuditPage List { get; private set; } = null!;

    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    /// <summary>Sorts of rows that can be in the audit.</summary>
    public IReadOnlyList<string> Kinds { get; private set; } = [];

    /// <summary>Where this page begins; null for the newest entries.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public AuditOptions Kept => options.Value;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Filter = AuditFilter.Read(Request.Query, ExperimentDay.Today(time));
        List = await list.PageAsync(Filter, Before, cancellationToken);
        Chips = [.. Filter.Chips(Request, (_, _) => null)];
        Kinds = [.. db.Model.GetEntityTypes().Where(kind => !AuditedKinds.LeftOut.ContainsKey(kind.ClrType)).Select(kind => kind.ShortName()).Order(StringComparer.Ordinal)];
    }

    /// <summary>This filter as a file.</summary>
    public string ExportPath(string extension) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
            "/admin/audit/export." + extension,
            AuditFilter.Parameters.Where(parameter => Filter[parameter.Name] is not null).Select(parameter => KeyValuePair.Create(parameter.Name, Filter[parameter.Name])));

    /// <summary>How long a class is kept, in words.</summary>
    public string KeptFor(AuditClass group) => Kept.DaysOf(group) is > 0 and var days ? $"{days} days" : "for ever";
}
