using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports.Schedules;

/// <summary>One schedule, what it has made, and what can be done with it.</summary>
[Authorize(Policy = nameof(Permission.ManageSchedules))]
public sealed class DetailsModel(CerthelperDbContext db, ScheduleDesk desk, TimeProvider time) : PageModel
{
    private const int Shown = 50;

    /// <summary>A making in the list.</summary>
    public sealed record Making(
        long Id, DateTimeOffset DueAt, string? AskedBy, MakingState State, int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int? ReportId, int? Revision, DateTimeOffset? SentAt, string Log);

    [FromRoute(Name = "id")]
    public int Id { get; set; }

    public ReportSchedule Schedule { get; private set; } = null!;

    /// <summary>What narrows its reports, in words; empty when nothing does.</summary>
    public string Only { get; private set; } = "";

    public ScheduleTimesView Times { get; private set; } = null!;

    public IReadOnlyList<Making> Makings { get; private set; } = [];

    /// <summary>Whether the page should look again by itself.</summary>
    public bool IsUnderWay => Makings.Any(making => making.EndedAt is null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var schedule = await db.ReportSchedules.AsNoTracking().Include(row => row.Person).Include(row => row.Owner).Include(row => row.UpdatedBy)
            .SingleOrDefaultAsync(row => row.Id == Id && row.DeletedAt == null, cancellationToken);
        if (schedule is null) return NotFound();
        Schedule = schedule;
        var filter = CertificationFilter.OfText(schedule.Filter);
        Only = filter.Words((await FilterNames.ReadAsync(db, [filter], cancellationToken)).Of);
        Times = ScheduleFormModel.Describe(schedule.Cron, schedule.TimeZone, time.GetUtcNow());
        Makings = await db.ScheduledMakings.AsNoTracking().Where(row => row.ScheduleId == Id).OrderByDescending(row => row.DueAt).Take(Shown)
            .Select(row => new Making(row.Id, row.DueAt, row.AskedBy!.Name, row.State, row.Attempts, row.StartedAt, row.EndedAt, row.ReportId, row.Revision, row.SentAt, row.Log))
            .ToListAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? act, long? making, CancellationToken cancellationToken)
    {
        var actor = Actor.From(User)!;
        var (result, words) = act switch
        {
            "run" => (await desk.RunNowAsync(Id, actor, cancellationToken), "It is being made; it appears below in a few seconds."),
            "pause" => (await desk.PauseAsync(Id, paused: true, actor, cancellationToken), "The schedule is paused."),
            "resume" => (await desk.PauseAsync(Id, paused: false, actor, cancellationToken), "The schedule goes on."),
            "retry" => (await desk.RetryAsync(Id, making ?? 0, actor, cancellationToken), "It is tried again."),
            "delete" => (await desk.DeleteAsync(Id, actor, cancellationToken), "The schedule is deleted. What it has made stays."),
            _ => (new ScheduleResult.NotFound(), ""),
        };
        switch (result)
        {
            case ScheduleResult.Done:
                TempData.Add(new Toast(words));
                return LocalRedirect(act == "delete" ? "/reports/schedules" : ScheduleWords.Url(Id));
            case ScheduleResult.Overtaken overtaken:
                TempData.Add(new Toast($"{overtaken.ByName} changed this schedule at the same moment; nothing was done. Look at it and try again.", IsProblem: true));
                return LocalRedirect(ScheduleWords.Url(Id));
            case ScheduleResult.Refused:
                return this.Refuse(Permission.ManageSchedules);
            default:
                return NotFound();
        }
    }
}
