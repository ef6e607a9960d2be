using System.Globalization;
using Certhelper.Core.Lists;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Reports;

/// <summary>What schedules make: the kept report of the period, made anew from the data, and the letter that takes it to people.</summary>
public sealed class ScheduledReports(CerthelperDbContext db, ReportDesk desk)
{
    /// <summary>
    /// Makes the report of a period, or makes the one that is kept anew; what people typed stays. When it goes to people it
    /// is marked as sent.
    /// </summary>
    /// <returns>The report, and the number of its revision.</returns>
    /// <exception cref="InvalidOperationException">The report could not be made.</exception>
    public async Task<(int ReportId, int Number)> MakeAsync(ReportSchedule schedule, Period period, CancellationToken cancellationToken)
    {
        var known = await db.Reports.Where(report => report.Kind == schedule.Kind && report.From == period.From && report.To == period.To && report.PersonId == schedule.PersonId && report.Filter == schedule.Filter)
            .Select(report => (int?)report.Id).SingleOrDefaultAsync(cancellationToken);
        var made = Done(
            known is { } id ? await desk.RegenerateAsync(id, null, null, cancellationToken)
            : schedule.Kind == ReportKind.Daily ? await desk.DailyAsync(period.From, schedule.PersonId, CertificationFilter.OfText(schedule.Filter), null, cancellationToken)
            : await desk.WeeklyAsync(period, CertificationFilter.OfText(schedule.Filter), null, cancellationToken));
        return schedule.Recipients.Count == 0 ? made : Done(await desk.FreezeAsync(made.ReportId, null, null, cancellationToken));
    }

    /// <summary>The letter with the files that the schedule asks for.</summary>
    public async Task<Letter> LetterAsync(ScheduledMaking making, ReportSchedule schedule, CancellationToken cancellationToken)
    {
        var revision = await db.ReportRevisions.AsNoTracking().Include(row => row.Report)
            .SingleAsync(row => row.ReportId == making.ReportId && row.Number == making.Revision, cancellationToken);
        var document = revision.Document();
        var files = schedule.Formats.Select(format => ReportFormats.Render(document, format, revision.MadeAt, "Certhelper")).OfType<ReportFile>().ToList();
        var narrowed = string.Concat(document.Lines.Where(line => line.IsNarrowing).Select(line => $"{line.Label}: {line.Text}\n"));
        var text = string.Create(CultureInfo.InvariantCulture, $"{document.Title}, {document.Subtitle}\n{narrowed}\nMade by Certhelper for the schedule “{schedule.Name}” of {schedule.Owner?.Name}.\nReport {making.ReportId}, revision {making.Revision}.\n\n")
            + (document.Kind == ReportKind.Daily ? PlainText.Render(document) : "");
        return new Letter(
            string.Create(CultureInfo.InvariantCulture, $"making-{making.Id}@certhelper.cern.ch"), schedule.Recipients,
            $"{document.Title}, {document.Subtitle}", text, files);
    }

    private static (int ReportId, int Number) Done(ReportResult result) => result is ReportResult.Done done
        ? (done.ReportId, done.Number)
        : throw new InvalidOperationException(result switch
        {
            ReportResult.Conflict => "Somebody changed the report at the same moment.",
            ReportResult.Invalid invalid => invalid.Problem,
            ReportResult.NotFound => "The person is not known any more.",
            _ => "The report could not be made.",
        });
}
