using Certhelper.Core.Administration;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Administration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Admin.Settings;

/// <summary>Switches a part of the site off or on.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class SwitchModel(CerthelperDbContext db, SettingsDesk desk, TimeProvider time) : SettingPage(db, time)
{
    [BindProperty(SupportsGet = true)]
    public string Feature { get; set; } = "";

    [BindProperty]
    public bool On { get; set; }

    public Feature Of { get; private set; }

    public bool IsOn => Stored?.Value != SiteState.Off;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!Knows()) return NotFound();
        await LoadAsync(SettingKeys.Of(Of), cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => Knows()
        ? await TellAsync(
            await desk.SwitchAsync(Of, On, Version, Why, Actor.From(User)!, cancellationToken), SettingKeys.Of(Of), $"{Of.Title()} is switched {(On ? "on" : "off")}.", "/admin/settings", cancellationToken)
        : NotFound();

    private bool Knows()
    {
        if (Enum.GetValues<Feature>().Where(feature => feature.ToString().Equals(Feature, StringComparison.OrdinalIgnoreCase)).ToList() is not [var feature]) return false;
        Of = feature;
        return true;
    }
}
