using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Administration;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Admin.Settings;

/// <summary>What every page says on top.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class BannerModel(CerthelperDbContext db, SettingsDesk desk, TimeProvider time) : SettingPage(db, time)
{
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public BannerSeverity? Severity { get; set; } = BannerSeverity.Info;

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    public string? Preview { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(SettingKeys.Banner, cancellationToken);
        if (SiteState.Read<Banner>(Stored?.Value) is { } banner)
            (Text, Severity, From, Until) = (banner.Text, banner.Severity, AdminForms.Text(banner.From), AdminForms.Text(banner.Until));
    }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        var (from, until) = (this.Moment(nameof(From), From), this.Moment(nameof(Until), Until));
        if (act == "preview" || (act is null && !ModelState.IsValid))
        {
            Preview = act is null ? null : Text ?? "";
            await StayAsync(SettingKeys.Banner, cancellationToken);
            return act is null ? this.Again(StatusCodes.Status422UnprocessableEntity) : Page();
        }

        var actor = Actor.From(User)!;
        return act == "away"
            ? await TellAsync(await desk.BannerAsync(null, default, null, null, Version, Why, actor, cancellationToken), SettingKeys.Banner, "The banner is taken away.", "/admin/settings", cancellationToken)
            : await TellAsync(
                await desk.BannerAsync(Text ?? "", Severity ?? (BannerSeverity)(-1), from, until, Version, Why, actor, cancellationToken), SettingKeys.Banner, "The banner is up.", "/admin/settings", cancellationToken);
    }
}
