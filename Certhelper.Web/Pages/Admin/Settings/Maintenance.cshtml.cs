using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Administration;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Admin.Settings;

/// <summary>Makes the site read only, and opens it again.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class MaintenanceModel(CerthelperDbContext db, SettingsDesk desk, TimeProvider time) : SettingPage(db, time)
{
    [BindProperty]
    public string? Because { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    public bool IsOn => SiteState.Read<Maintenance>(Stored?.Value)?.Holds(Now) == true;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(SettingKeys.Maintenance, cancellationToken);
        if (IsOn && SiteState.Read<Maintenance>(Stored?.Value) is { } now) (Because, Until) = (now.Because, AdminForms.Text(now.Until));
    }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        var until = this.Moment(nameof(Until), Until);
        if (act is null && !ModelState.IsValid)
        {
            await StayAsync(SettingKeys.Maintenance, cancellationToken);
            return this.Again(StatusCodes.Status422UnprocessableEntity);
        }

        var actor = Actor.From(User)!;
        return act == "end"
            ? await TellAsync(await desk.MaintenanceAsync(null, null, Version, Why, actor, cancellationToken), SettingKeys.Maintenance, "The site is open for changes again.", "/admin/settings", cancellationToken)
            : await TellAsync(
                await desk.MaintenanceAsync(Because ?? "", until, Version, Why, actor, cancellationToken), SettingKeys.Maintenance, "The site is read only now.", "/admin/settings", cancellationToken);
    }
}
