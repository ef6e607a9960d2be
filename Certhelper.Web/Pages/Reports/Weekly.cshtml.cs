using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Certhelper.Web.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports;

/// <summary>Shows the report of a period and filters as the data have it now, this week by default; keeps nothing until asked.</summary>
[Authorize(Policy = nameof(Permission.WriteLeaderReports))]
public sealed class WeeklyModel(CerthelperDbContext db, ReportWriter writer, ReportDesk desk, TimeProvider time) : PageModel
{
    public PeriodBar Bar { get; private set; } = null!;

    public Period? Period { get; private set; }

    /// <summary>What narrows it.</summary>
    public CertificationFilter Filter { get; private set; } = CertificationFilter.None;

    public ListChoices Choices { get; private set; } = null!;

    public IReadOnlyList<FilterChip> Chips => [.. Filter.Chips(Request, Choices.NameOf)];

    /// <summary>The same days without any filter.</summary>
    public string WithoutFilters => Request.With([.. Filter.Parts((_, _) => null).Select(part => (part.Name, (string?)null)).Distinct()]);

    public ReportDocument? Document { get; private set; }

    /// <summary>The report that is kept of this period and filters; null when there is none.</summary>
    public int? Kept { get; private set; }

    public IReadOnlyList<FilterProblem> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var today = ExperimentDay.Today(time);
        var reader = Request.Query.Reader();
        var days = DayRange.Read(reader, today);
        if (reader.Problems.Count == 0 && (days.From is null || days.To is null))
        {
            if (days is { From: null, To: null } && Request.Query[PeriodBar.DaysParameter].Count == 0) days = DayRange.Named("this-week", today);
            else reader.Refuse("to", "A report has a first and a last day.");
        }

        Filter = CertificationFilter.Narrowing(Request.Query.Reader());
        Choices = await ListChoices.ReadAsync(db, KnownLists.Certifications, User.UserId(), cancellationToken);
        Bar = new PeriodBar(Request, days, today);
        Period = Bar.Period;
        if (Period?.Length > ReportWriter.MostDays) reader.Refuse("to", FormattableString.Invariant($"A report is about at most {ReportWriter.MostDays} days."));
        Problems = [.. reader.Problems, .. Filter.Problems];
        if (Problems.Count > 0 || Period is not { } period)
        {
            return this.Again(StatusCodes.Status422UnprocessableEntity);
        }

        var narrowed = Filter.Text;
        Kept = await db.Reports.Where(report => report.Kind == ReportKind.Weekly && report.From == period.From && report.To == period.To && report.Filter == narrowed)
            .Select(report => (int?)report.Id).SingleOrDefaultAsync(cancellationToken);
        Document = await writer.WeeklyAsync(period, Filter, null, Actor.From(User)!.Name, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(DateOnly? from, DateOnly? to, string? filter, CancellationToken cancellationToken)
    {
        if (from is not { } first || to is not { } last) return BadRequest();
        switch (await desk.WeeklyAsync(new Period(first, last), CertificationFilter.OfText(filter), Actor.From(User)!, cancellationToken))
        {
            case ReportResult.Done done:
                return LocalRedirect(ReportWords.Url(done.ReportId));
            case ReportResult.Refused:
                return this.Refuse(Permission.WriteLeaderReports);
            default:
                return BadRequest();
        }
    }
}
