using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports.Schedules;

/// <summary>Changes a schedule.</summary>
[Authorize(Policy = nameof(Permission.ManageSchedules))]
public sealed class EditModel(CerthelperDbContext db, ScheduleDesk desk, PostOffice post, TimeProvider time) : ScheduleFormModel(db, post, time)
{
    [FromRoute(Name = "id")]
    public int Id { get; set; }

    /// <summary>The schedule's version when the form was opened.</summary>
    [BindProperty]
    public uint Version { get; set; }

    /// <summary>Its name as it is kept.</summary>
    public string Name { get; private set; } = "";

    public override string PostUrl => ScheduleWords.Url(Id) + "/edit";

    public override string Back => ScheduleWords.Url(Id);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } schedule) return NotFound();
        (Form, Version, Filter) = (ScheduleForm.Of(schedule), schedule.Version, CertificationFilter.OfText(schedule.Filter));
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } schedule) return NotFound();
        switch (await desk.SaveAsync(Id, Version, Sent(), Actor.From(User)!, cancellationToken))
        {
            case ScheduleResult.Done:
                TempData.Add(new Toast("The schedule is changed."));
                return LocalRedirect(ScheduleWords.Url(Id));
            case ScheduleResult.Invalid invalid:
                return await AgainAsync(StatusCodes.Status422UnprocessableEntity, invalid.Errors, cancellationToken);
            case ScheduleResult.Overtaken overtaken:
                // Saving once more, knowingly, replaces what the other person saved.
                Version = schedule.Version;
                ModelState.Remove(nameof(Version));
                return await AgainAsync(
                    StatusCodes.Status409Conflict,
                    [new FieldError("", $"{overtaken.ByName} changed this schedule on {Clock.InZurich(overtaken.At)}; yours is not saved. Look at it in another window; saving again replaces it.")],
                    cancellationToken);
            case ScheduleResult.NotFound:
                return NotFound();
            default:
                return this.Refuse(Permission.ManageSchedules);
        }
    }

    private async Task<ReportSchedule?> FindAsync(CancellationToken cancellationToken)
    {
        var schedule = await Db.ReportSchedules.AsNoTracking().Include(row => row.Person).SingleOrDefaultAsync(row => row.Id == Id && row.DeletedAt == null, cancellationToken);
        Name = schedule?.Name ?? "";
        return schedule;
    }
}
