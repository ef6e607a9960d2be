using Certhelper.Core.People;
using Certhelper.Web.Reports;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Reports.Schedules;

/// <summary>What an expression means while it is typed; a fragment.</summary>
[Authorize(Policy = nameof(Permission.ManageSchedules))]
public sealed class TimesModel(TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "Form.Cron")]
    public string? Cron { get; set; }

    [BindProperty(SupportsGet = true, Name = "Form.TimeZone")]
    public string? TimeZone { get; set; }

    public ScheduleTimesView View { get; private set; } = null!;

    public void OnGet() => View = ScheduleFormModel.Describe(Cron, TimeZone, time.GetUtcNow());
}
