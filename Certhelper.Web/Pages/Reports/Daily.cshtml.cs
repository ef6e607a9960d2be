using Certhelper.Core.Lists;
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

/// <summary>Shows the daily report of a day, of a person or of everybody, as the data have it now; keeps nothing until asked.</summary>
[Authorize(Policy = nameof(Permission.WriteDailyReports))]
public sealed class DailyModel(CerthelperDbContext db, ReportDesk desk, TimeProvider time) : PageModel
{
    /// <summary>Most days that are shown at once.</summary>
    private const int MostDays = 31;

    /// <summary>Stands for everybody where a person is named by number.</summary>
    public const int Everybody = 0;

    private FilterReader reader = null!;

    public Period Period { get; private set; } = null!;

    /// <summary>Whose report; <see cref="Everybody"/> for one of all shifters.</summary>
    public int PersonId { get; private set; }

    /// <summary>What narrows it.</summary>
    public CertificationFilter Filter { get; private set; } = CertificationFilter.None;

    public ListChoices Choices { get; private set; } = null!;

    public IReadOnlyList<FilterChip> Chips => [.. Filter.Chips(Request, Choices.NameOf)];

    /// <summary>The same day and person without any filter.</summary>
    public string WithoutFilters => Request.With([.. Filter.Parts((_, _) => null).Select(part => (part.Name, (string?)null)).Distinct()]);

    public string Whose { get; private set; } = "";

    public ReportDocument? Document { get; private set; }

    public bool IsEmpty { get; private set; }

    /// <summary>Whom a leader may choose; empty for others.</summary>
    public IReadOnlyList<KnownPerson> People { get; private set; } = [];

    /// <summary>The report that is kept of this day, person and filters; null when there is none.</summary>
    public int? Kept { get; private set; }

    /// <summary>Whether exactly one day is shown, which is what can be kept.</summary>
    public bool MayKeep { get; private set; }

    public IReadOnlyList<FilterProblem> Problems => [.. reader.Problems, .. Filter.Problems];

    /// <summary>What is shown besides one day of one person.</summary>
    public List<string> Applied { get; } = [];

    public string? Asked(string name) => reader.Used.GetValueOrDefault(name);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "person")] int? asked, CancellationToken cancellationToken)
    {
        var actor = Actor.From(User)!;
        PersonId = asked ?? actor.UserId;
        if (!ReportDesk.MayWrite(ReportKind.Daily, Person(PersonId), actor)) return Refused();
        reader = Request.Query.Reader();
        var day = reader.Day("date") ?? ExperimentDay.Today(time);
        var to = reader.Day("to") ?? day;
        Filter = CertificationFilter.Narrowing(Request.Query.Reader());
        Choices = await ListChoices.ReadAsync(db, KnownLists.Certifications, User.UserId(), cancellationToken);
        if (to < day) reader.Refuse("to", "The last day is before the first one.");
        else if (to.DayNumber - day.DayNumber >= MostDays) reader.Refuse("to", FormattableString.Invariant($"Show at most {MostDays} days."));
        Period = to < day ? new Period(day, day) : new Period(day, to);
        if (actor.May(Permission.WriteLeaderReports))
        {
            var users = await db.PeopleAsync(time.GetUtcNow(), cancellationToken);
            People = [.. users.Where(user => PermissionTable.Allows(user.Roles, Permission.Certify) || user.Id == PersonId)];
        }

        var name = PersonId == Everybody ? ReportWriter.Everybody : await db.Users.Where(user => user.Id == PersonId).Select(user => user.Name).SingleOrDefaultAsync(cancellationToken);
        if (name is null) return NotFound();
        Whose = name;
        if (Problems.Count > 0)
        {
            return this.Again(StatusCodes.Status422UnprocessableEntity);
        }

        var which = Filter.Apply(db).Where(item => item.Date >= Period.From && item.Date <= Period.To);
        if (PersonId != Everybody) which = which.Where(item => item.OwnerId == PersonId);
        var only = Filter.Words(Choices.NameOf);
        Document = await ReportWriter.DraftAsync(Period, Whose, which, withNotes: PersonId != Everybody, only, cancellationToken);
        IsEmpty = !Document.Sections.SelectMany(section => section.Blocks).OfType<ReportTable>().Any();
        if (Period.Length > 1) Applied.Add($"Date from: {Clock.Iso(Period.From)}, date to: {Clock.Iso(Period.To)}");
        MayKeep = Applied.Count == 0;
        if (only.Length > 0) Applied.Add("Only: " + only);
        var (narrowed, person) = (Filter.Text, Person(PersonId));
        Kept = await db.Reports.Where(report => report.Kind == ReportKind.Daily && report.From == day && report.PersonId == person && report.Filter == narrowed)
            .Select(report => (int?)report.Id).SingleOrDefaultAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(DateOnly? date, int? person, string? filter, CancellationToken cancellationToken)
    {
        var actor = Actor.From(User)!;
        var day = ModelState.IsValid ? date ?? ExperimentDay.Today(time) : (DateOnly?)null;
        if (day is null) return BadRequest();
        return await desk.DailyAsync(day.Value, Person(person ?? actor.UserId), CertificationFilter.OfText(filter), actor, cancellationToken) switch
        {
            ReportResult.Done done => LocalRedirect(ReportWords.Url(done.ReportId)),
            ReportResult.Refused => Refused(),
            _ => NotFound(),
        };
    }

    private static int? Person(int number) => number == Everybody ? null : number;

    private ForbidResult Refused()
    {
        return this.Refuse(Permission.WriteLeaderReports);
    }
}
