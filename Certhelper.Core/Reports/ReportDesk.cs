using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Reports;

/// <summary>Keeps reports: makes them, makes them anew from the data, takes what people type, freezes what was sent.</summary>
public sealed class ReportDesk(CerthelperDbContext db, ReportWriter writer, TimeProvider time)
{
    /// <summary>Longest note, characters.</summary>
    public const int NoteLength = 20_000;

    /// <summary>Whether a person may write a report of this kind and person.</summary>
    public static bool MayWrite(ReportKind kind, int? personId, Actor actor) =>
        actor.May(Permission.WriteLeaderReports) || (kind == ReportKind.Daily && personId == actor.UserId && actor.May(Permission.WriteDailyReports));

    /// <summary>The daily report of a person: the one that is kept, made now when there is none.</summary>
    public Task<ReportResult> DailyAsync(DateOnly day, int personId, Actor? actor, CancellationToken cancellationToken) =>
        DailyAsync(day, personId, CertificationFilter.None, actor, cancellationToken);

    /// <summary>The daily report: the one that is kept, made now when there is none.</summary>
    /// <param name="day">The day.</param>
    /// <param name="personId">Whose; null for everybody.</param>
    /// <param name="filter">What narrows it.</param>
    /// <param name="actor">Who asks; null for a schedule.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ReportResult> DailyAsync(DateOnly day, int? personId, CertificationFilter filter, Actor? actor, CancellationToken cancellationToken) =>
        FindOrMakeAsync(ReportKind.Daily, new Period(day, day), personId, filter, actor, cancellationToken);

    /// <summary>The report of everything in a period: the one that is kept, made now when there is none.</summary>
    public Task<ReportResult> WeeklyAsync(Period period, Actor? actor, CancellationToken cancellationToken) =>
        WeeklyAsync(period, CertificationFilter.None, actor, cancellationToken);

    /// <summary>The report of a period: the one that is kept, made now when there is none.</summary>
    /// <param name="period">Its days, at most <see cref="ReportWriter.MostDays"/>.</param>
    /// <param name="filter">What narrows it.</param>
    /// <param name="actor">Who asks; null for a schedule.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ReportResult> WeeklyAsync(Period period, CertificationFilter filter, Actor? actor, CancellationToken cancellationToken) =>
        FindOrMakeAsync(ReportKind.Weekly, period, null, filter, actor, cancellationToken);

    /// <summary>Makes the content anew from the data; what people typed stays.</summary>
    /// <param name="reportId">The report.</param>
    /// <param name="version">Version of the newest revision when the person decided; null for a schedule, which takes what is there.</param>
    /// <param name="actor">Who; null for a schedule.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ReportResult> RegenerateAsync(int reportId, uint? version, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(reportId, version, actor, async (report, revision) =>
        {
            revision.Content = ReportJson.Write(await DocumentAsync(report, revision.Notes, actor, cancellationToken));
            revision.MadeAt = time.GetUtcNow();
            revision.MadeById = actor?.UserId;
        }, cancellationToken);

    /// <summary>Keeps what a person typed. Another list of central certification runs also makes the content anew.</summary>
    /// <param name="reportId">The report.</param>
    /// <param name="version">Version of the newest revision when the person began.</param>
    /// <param name="notes">By key; keys that are not in it stay as they are, an empty text takes the note away.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReportResult> TypeAsync(
        int reportId, uint version, IReadOnlyDictionary<string, string> notes, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var (key, text) in notes)
        {
            if (text.Length > NoteLength) return new ReportResult.Invalid(key, $"This is longer than {NoteLength.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} characters.");
            if (key == WeeklyNotes.CentralRuns && RunListText.Parse(text).Problem is { } problem) return new ReportResult.Invalid(key, problem);
        }

        return await ChangeAsync(reportId, version, actor, async (report, revision) =>
        {
            var typed = new Dictionary<string, string>(revision.Notes);
            foreach (var (key, text) in notes)
            {
                var clean = text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").TrimEnd();
                if (clean.Length == 0) typed.Remove(key);
                else typed[key] = clean;
            }

            var central = revision.Notes.GetValueOrDefault(WeeklyNotes.CentralRuns) != typed.GetValueOrDefault(WeeklyNotes.CentralRuns);
            revision.Notes = typed;
            revision.TypedAt = time.GetUtcNow();
            revision.TypedById = actor.UserId;
            if (!central) return;
            revision.Content = ReportJson.Write(await DocumentAsync(report, typed, actor, cancellationToken));
            revision.MadeAt = time.GetUtcNow();
            revision.MadeById = actor.UserId;
        }, cancellationToken);
    }

    /// <summary>Marks the newest revision as sent: it does not change any more.</summary>
    /// <param name="reportId">The report.</param>
    /// <param name="version">Version of the revision that the person saw; null for a schedule.</param>
    /// <param name="actor">Who; null for a schedule.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ReportResult> FreezeAsync(int reportId, uint? version, Actor? actor, CancellationToken cancellationToken)
    {
        var (report, newest, problem) = await NewestAsync(reportId, version, actor, cancellationToken);
        if (problem is not null) return problem;
        if (newest!.FrozenAt is not null) return new ReportResult.Done(report!.Id, newest.Number);
        newest.FrozenAt = time.GetUtcNow();
        newest.FrozenById = actor?.UserId;
        return await SaveAsync(newest, cancellationToken);
    }

    private async Task<ReportResult> FindOrMakeAsync(ReportKind kind, Period period, int? personId, CertificationFilter filter, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is not null && !MayWrite(kind, personId, actor)) return new ReportResult.Refused();
        if (period.Length is < 1 or > ReportWriter.MostDays)
            return new ReportResult.Invalid("to", $"A report is about at most {ReportWriter.MostDays} days, and its last day is not before its first.");
        if (FilterProblem(filter) is { } problem) return new ReportResult.Invalid("filter", problem);
        var narrowed = filter.Text;
        if (personId is not null && !await db.Users.AnyAsync(user => user.Id == personId, cancellationToken)) return new ReportResult.NotFound();
        return await db.RepeatOnRaceAsync<ReportResult>(async () =>
        {
            var known = await db.Reports.Where(report => report.Kind == kind && report.From == period.From && report.To == period.To && report.PersonId == personId && report.Filter == narrowed)
                .Select(report => new { report.Id, Number = report.Revisions.Max(revision => revision.Number) })
                .SingleOrDefaultAsync(cancellationToken);
            if (known is not null) return new ReportResult.Done(known.Id, known.Number);

            var now = time.GetUtcNow();
            var made = new Report { Kind = kind, From = period.From, To = period.To, PersonId = personId, Filter = narrowed, CreatedAt = now, CreatedById = actor?.UserId };
            var notes = new Dictionary<string, string>();
            made.Revisions.Add(new ReportRevision
            {
                Number = 1,
                Content = ReportJson.Write(await DocumentAsync(made, notes, actor, cancellationToken)),
                Notes = notes,
                MadeAt = now,
                MadeById = actor?.UserId,
            });
            db.Reports.Add(made);
            await db.SaveChangesAsync(cancellationToken);
            return new ReportResult.Done(made.Id, 1);
        });
    }

    /// <summary>Why reports of a filter cannot be kept; null when they can.</summary>
    public static string? FilterProblem(CertificationFilter filter)
    {
        if (filter.Problems is [var first, ..]) return $"{first.Parameter}: {first.Words}";
        return filter.Text.Length <= CertificationFilter.LongestText ? null : "These filters are too long to be kept with a report; choose fewer.";
    }

    private Task<ReportDocument> DocumentAsync(Report report, Dictionary<string, string> notes, Actor? actor, CancellationToken cancellationToken) => report.Kind switch
    {
        ReportKind.Daily => writer.DailyAsync(report.From, report.PersonId, CertificationFilter.OfText(report.Filter), cancellationToken),
        ReportKind.Weekly => writer.WeeklyAsync(report.Period, CertificationFilter.OfText(report.Filter), notes.GetValueOrDefault(WeeklyNotes.CentralRuns), actor?.Name, cancellationToken),
    };

    private async Task<(Report? Report, ReportRevision? Newest, ReportResult? Problem)> NewestAsync(
        int reportId, uint? version, Actor? actor, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var newest = await db.ReportRevisions.Include(revision => revision.Report).Where(revision => revision.ReportId == reportId)
            .OrderByDescending(revision => revision.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest is null) return (null, null, new ReportResult.NotFound());
        var report = newest.Report!;
        if (actor is not null && !MayWrite(report.Kind, report.PersonId, actor)) return (null, null, new ReportResult.Refused());
        return version is not null && newest.Version != version ? (null, null, new ReportResult.Conflict(newest.Number)) : (report, newest, null);
    }

    /// <summary>Changes the newest revision, or begins the next one when that was sent.</summary>
    private async Task<ReportResult> ChangeAsync(
        int reportId, uint? version, Actor? actor, Func<Report, ReportRevision, Task> change, CancellationToken cancellationToken)
    {
        var (report, revision, problem) = await NewestAsync(reportId, version, actor, cancellationToken);
        if (problem is not null) return problem;
        // A filter that cannot be read any more would make an empty report that looks like an answer.
        if (FilterProblem(CertificationFilter.OfText(report!.Filter)) is { } unreadable) return new ReportResult.Invalid("filter", unreadable);
        var target = revision!;
        if (revision!.FrozenAt is not null)
        {
            target = new ReportRevision
            {
                ReportId = reportId,
                Number = revision.Number + 1,
                Content = revision.Content,
                Notes = new(revision.Notes),
                MadeAt = revision.MadeAt,
                MadeById = revision.MadeById,
                TypedAt = revision.TypedAt,
                TypedById = revision.TypedById,
            };
            db.ReportRevisions.Add(target);
        }

        await change(report, target);
        return await SaveAsync(target, cancellationToken);
    }

    private async Task<ReportResult> SaveAsync(ReportRevision revision, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ReportResult.Done(revision.ReportId, revision.Number);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsDuplicateIn("report_revisions"))
        {
            db.ChangeTracker.Clear();
            return new ReportResult.Conflict(revision.Number);
        }
    }
}
