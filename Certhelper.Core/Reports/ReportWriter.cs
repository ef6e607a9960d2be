using Certhelper.Core.Lists;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Reports;

/// <summary>Makes documents from the data; keeps nothing.</summary>
public sealed class ReportWriter(CerthelperDbContext db, ReportData data)
{
    /// <summary>Longest period of one report, days.</summary>
    public const int MostDays = 366;

    /// <summary>Whose a daily report of everybody is.</summary>
    public const string Everybody = "All shifters";

    /// <summary>The report of a day of a person.</summary>
    public Task<ReportDocument> DailyAsync(DateOnly day, int personId, CancellationToken cancellationToken) =>
        DailyAsync(day, personId, CertificationFilter.None, cancellationToken);

    /// <summary>The report of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="personId">Whose; null for everybody, then without the parts that a person writes.</param>
    /// <param name="filter">What narrows it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReportDocument> DailyAsync(DateOnly day, int? personId, CertificationFilter filter, CancellationToken cancellationToken)
    {
        var name = personId is null ? Everybody : await db.Users.Where(user => user.Id == personId).Select(user => user.Name).SingleAsync(cancellationToken);
        return DailyBuilder.Build(
            new Period(day, day), name, await data.DayAsync(day, personId, filter, cancellationToken), withNotes: personId is not null, await SayAsync(filter, cancellationToken));
    }

    /// <summary>A daily report of any certifications, to look at before one is kept.</summary>
    /// <param name="period">The days that they lie in.</param>
    /// <param name="whose">Whose they are, in words.</param>
    /// <param name="which">The certifications.</param>
    /// <param name="withNotes">Whether a person writes parts of it.</param>
    /// <param name="only">What narrows it, in words; empty when nothing does.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ReportDocument> DraftAsync(
        Period period, string whose, IQueryable<Certification.TrackerCertification> which, bool withNotes, string only, CancellationToken cancellationToken) =>
        DailyBuilder.Build(period, whose, await ReportData.ReadAsync(which, cancellationToken), withNotes, only).With(new Dictionary<string, string>());

    /// <summary>The report of everything in a period.</summary>
    public Task<ReportDocument> WeeklyAsync(Period period, string? centralRuns, string? leader, CancellationToken cancellationToken) =>
        WeeklyAsync(period, CertificationFilter.None, centralRuns, leader, cancellationToken);

    /// <summary>The report of a period.</summary>
    /// <param name="period">Its days.</param>
    /// <param name="filter">What narrows it.</param>
    /// <param name="centralRuns">Runs of the central certification, as typed.</param>
    /// <param name="leader">Who leads the shifts; null when nobody is known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReportDocument> WeeklyAsync(Period period, CertificationFilter filter, string? centralRuns, string? leader, CancellationToken cancellationToken) =>
        WeeklyBuilder.Build(
            await data.PeriodAsync(period, filter, RunListText.Parse(centralRuns).Runs, leader, cancellationToken), await SayAsync(filter, cancellationToken));

    /// <summary>What narrows a report, in words; empty when nothing does.</summary>
    public async Task<string> SayAsync(CertificationFilter filter, CancellationToken cancellationToken) =>
        filter.Words((await FilterNames.ReadAsync(db, [filter], cancellationToken)).Of);
}
