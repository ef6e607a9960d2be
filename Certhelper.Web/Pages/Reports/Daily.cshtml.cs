using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports;

/// <summary>Shows the daily report of a day as the data have it now; keeps nothing until asked.</summary>
[Authorize(Policy = nameof(Permission.WriteDailyReports))]
public sealed class DailyModel(CerthelperDbContext db, ReportDesk desk, TimeProvider time) : PageModel
{
    /// <summary>Most days that are shown at once.</summary>
    private const int MostDays = 31;

    private FilterReader reader = null!;

    public Period Period { get; private set; } = null!;

    public int PersonId { get; private set; }

    public string Whose { get; private set; } = "";

    public ReportDocument? Document { get; private set; }

    public bool IsEmpty { get; private set; }

    /// <summary>Whom a leader may choose; empty for others.</summary>
    public IReadOnlyList<KnownPerson> People { get; private set; } = [];

    /// <summary>The report that is kept of this day and person; null when there is none.</summary>
    public int? Kept { get; private set; }

    /// <summary>Whether exactly one day and nothing less is shown, which is what can be kept.</summary>
    public bool MayKeep { get; private set; }

    public IReadOnlyList<FilterProblem> Problems => reader.Problems;

    /// <summary>What narrows the report.</summary>
    public List<string> Applied { get; } = [];

    public string? Asked(string name) => reader.Used.GetValueOrDefault(name);

    public async Task<IActionResult> OnGetAsync(int? person, CancellationToken cancellationToken)
    {
        var actor = Actor.From(User)!;
        PersonId = person ?? actor.UserId;
        if (!ReportDesk.MayWrite(ReportKind.Daily, PersonId, actor)) return Refused();
        reader = new FilterReader(Request.Query);
        var day = reader.Day("date") ?? ExperimentDay.Today(time);
        var to = reader.Day("to") ?? day;
        var runs = reader.Selection("runs");
        if (to < day) reader.Refuse("to", "The last day is before the first one.");
        else if (to.DayNumber - day.DayNumber >= MostDays) reader.Refuse("to", FormattableString.Invariant($"Show at most {MostDays} days."));
        Period = to < day ? new Period(day, day) : new Period(day, to);
        if (actor.May(Permission.WriteLeaderReports))
        {
            var users = await db.PeopleAsync(time.GetUtcNow(), cancellationToken);
            People = [.. users.Where(user => PermissionTable.Allows(user.Roles, Permission.Certify) || user.Id == PersonId)];
        }

        var name = await db.Users.Where(user => user.Id == PersonId).Select(user => user.Name).SingleOrDefaultAsync(cancellationToken);
        if (name is null) return NotFound();
        Whose = name;
        if (Problems.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var which = db.Certifications.Where(item => item.OwnerId == PersonId && item.Date >= Period.From && item.Date <= Period.To);
        if (runs is not null) which = runs.Apply(which, item => item.RunReconstruction!.RunNumber);
        Document = await ReportWriter.DraftAsync(Period, Whose, which, cancellationToken);
        IsEmpty = !Document.Sections.SelectMany(section => section.Blocks).OfType<ReportTable>().Any();
        if (Period.Length > 1) Applied.Add($"Date from: {Clock.Iso(Period.From)}, date to: {Clock.Iso(Period.To)}");
        if (runs is not null) Applied.Add($"Runs: {Asked("runs")}");
        MayKeep = Applied.Count == 0;
        Kept = await db.Reports.Where(report => report.Kind == ReportKind.Daily && report.From == day && report.PersonId == PersonId)
            .Select(report => (int?)report.Id).SingleOrDefaultAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(DateOnly? date, int? person, CancellationToken cancellationToken)
    {
        var actor = Actor.From(User)!;
        var day = ModelState.IsValid ? date ?? ExperimentDay.Today(time) : (DateOnly?)null;
        if (day is null) return BadRequest();
        return await desk.DailyAsync(day.Value, person ?? actor.UserId, actor, cancellationToken) switch
        {
            ReportResult.Done done => LocalRedirect(ReportWords.Url(done.ReportId)),
            ReportResult.Refused => Refused(),
            _ => NotFound(),
        };
    }

    private ForbidResult Refused()
    {
        HttpContext.Refuse(Permission.WriteLeaderReports);
        return Forbid();
    }
}
