using System.Globalization;
using Certhelper.Core.Administration;
using Certhelper.Core.Certification;
using Certhelper.Core.Certification.Rules;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Administration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Admin.Settings;

/// <summary>Changes a limit of a rule, or puts it back to what the configuration says.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class LimitModel(CerthelperDbContext db, SettingsDesk desk, LimitBook limits, TimeProvider time) : SettingPage(db, time)
{
    [BindProperty(SupportsGet = true)]
    public string Option { get; set; } = "";

    [BindProperty]
    public string? Value { get; set; }

    public (LookRule Rule, LookThreshold Threshold) Of { get; private set; }

    public CertificationOptions Configured => limits.Configured;

    public CertificationOptions Live => limits.Value;

    private string Key => SettingKeys.OfLimit(Of.Threshold.Option);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!Knows()) return NotFound();
        await LoadAsync(Key, cancellationToken);
        Value = Of.Threshold.Value(Live).ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? act, CancellationToken cancellationToken)
    {
        if (!Knows()) return NotFound();
        var back = "/admin/rules#" + Of.Rule.Key;
        var result = await desk.LimitAsync(Of.Threshold.Option, act == "default" ? null : Value ?? "", Version, Why, Actor.From(User)!, cancellationToken);
        return await TellAsync(result, Key, act == "default" ? "The limit is what the configuration says again." : $"The limit is {Value} {Of.Threshold.Unit} now.", back, cancellationToken);
    }

    private bool Knows()
    {
        foreach (var rule in LookRules.All)
        {
            if (rule.Thresholds.FirstOrDefault(one => one.Option.Equals(Option, StringComparison.OrdinalIgnoreCase)) is not { } threshold) continue;
            Of = (rule, threshold);
            return true;
        }

        return false;
    }
}
