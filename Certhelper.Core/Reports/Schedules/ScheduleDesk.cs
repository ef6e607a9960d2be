using System.Globalization;
using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Reports;

/// <summary>A schedule as it comes from a form.</summary>
public sealed record ScheduleInput
{
    public string? Name { get; init; }

    public ReportKind? Kind { get; init; }

    public SchedulePeriod? Period { get; init; }

    /// <summary>Login of the person whose day a daily report is about; nothing for everybody.</summary>
    public string? Person { get; init; }

    /// <summary>What narrows the reports.</summary>
    public CertificationFilter Filter { get; init; } = CertificationFilter.None;

    public IReadOnlyList<string> Formats { get; init; } = [];

    public string? Cron { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>Addresses as typed.</summary>
    public string? Recipients { get; init; }
}

/// <summary>How changing a schedule ended.</summary>
public abstract record ScheduleResult
{
    private ScheduleResult()
    {
    }

    public sealed record Done(int Id) : ScheduleResult;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ScheduleResult;

    /// <summary>Somebody changed it since the page was opened; nothing was saved.</summary>
    public sealed record Overtaken(string ByName, DateTimeOffset At) : ScheduleResult;

    public sealed record Refused : ScheduleResult;

    public sealed record NotFound : ScheduleResult;
}

/// <summary>Schedules as leaders keep them. Making the reports is the jobs' work.</summary>
public sealed class ScheduleDesk(CerthelperDbContext db, TimeProvider time)
{
    public const int LongestName = 80;

    /// <summary>Makes a schedule, or changes one.</summary>
    /// <param name="id">Which one; null for a new one.</param>
    /// <param name="version">Its version when the form was opened.</param>
    /// <param name="input">What it is to be.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ScheduleResult> SaveAsync(int? id, uint version, ScheduleInput input, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSchedules)) return new ScheduleResult.Refused();
        var now = time.GetUtcNow();
        var (checkedInput, errors) = await CheckAsync(input, now, cancellationToken);
        if (errors.Count > 0) return new ScheduleResult.Invalid(errors);

        ReportSchedule? schedule;
        if (id is null)
        {
            schedule = new ReportSchedule
            {
                Name = "",
                Kind = checkedInput.Kind,
                Period = checkedInput.Period,
                Cron = "",
                TimeZone = "",
                OwnerId = actor.UserId,
                CreatedAt = now,
            };
            db.ReportSchedules.Add(schedule);
        }
        else
        {
            schedule = await FindAsync(id.Value, cancellationToken);
            if (schedule is null) return new ScheduleResult.NotFound();
            db.Entry(schedule).Property(row => row.Version).OriginalValue = version;
        }

        (schedule.Name, schedule.Kind, schedule.Period, schedule.PersonId) = (checkedInput.Name, checkedInput.Kind, checkedInput.Period, checkedInput.PersonId);
        schedule.Filter = input.Filter.Text;
        (schedule.Formats, schedule.Recipients) = (checkedInput.Formats, checkedInput.Recipients);
        (schedule.Cron, schedule.TimeZone) = (checkedInput.Times.Text, input.TimeZone!.Trim());
        schedule.NextAt = schedule.Paused ? null : checkedInput.Times.Next(now);
        return await SaveAsync(schedule, actor, now, cancellationToken);
    }

    /// <summary>Pauses it, or lets it go on with its next time; what was due meanwhile is not made up.</summary>
    public async Task<ScheduleResult> PauseAsync(int id, bool paused, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSchedules)) return new ScheduleResult.Refused();
        if (await FindAsync(id, cancellationToken) is not { } schedule) return new ScheduleResult.NotFound();
        var now = time.GetUtcNow();
        schedule.Paused = paused;
        schedule.NextAt = paused ? null : ScheduleTimes.Parse(schedule.Cron, schedule.TimeZone, now, out _)?.Next(now);
        return await SaveAsync(schedule, actor, now, cancellationToken);
    }

    /// <summary>Ends it. What it has made stays.</summary>
    public async Task<ScheduleResult> DeleteAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSchedules)) return new ScheduleResult.Refused();
        if (await FindAsync(id, cancellationToken) is not { } schedule) return new ScheduleResult.NotFound();
        var now = time.GetUtcNow();
        (schedule.DeletedAt, schedule.NextAt) = (now, null);
        return await SaveAsync(schedule, actor, now, cancellationToken);
    }

    /// <summary>Asks for one out of turn; a paused schedule can be asked too.</summary>
    public async Task<ScheduleResult> RunNowAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSchedules)) return new ScheduleResult.Refused();
        if (await FindAsync(id, cancellationToken) is null) return new ScheduleResult.NotFound();
        // Whole seconds: who presses twice in one second gets one report.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        await db.InOneTransactionAsync(
            async () =>
            {
                var added = await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO scheduled_makings (schedule_id, due_at, asked_by_id, state, attempts, not_before, log)
                    VALUES ({id}, {now}, {actor.UserId}, 'Waiting', 0, {now}, '') ON CONFLICT (schedule_id, due_at) DO NOTHING
                    """,
                    cancellationToken);
                if (added == 1) await db.AuditAsync(cancellationToken, new AuditNote(AuditEvent.Changed, nameof(ReportSchedule), Key(id), Details: "asked for out of turn"));
                return added;
            },
            cancellationToken);
        return new ScheduleResult.Done(id);
    }

    /// <summary>Takes up a making again that was given up.</summary>
    public async Task<ScheduleResult> RetryAsync(int id, long making, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSchedules)) return new ScheduleResult.Refused();
        var now = time.GetUtcNow();
        var taken = await db.InOneTransactionAsync(
            async () =>
            {
                var rows = await db.ScheduledMakings.Where(row => row.Id == making && row.ScheduleId == id && row.State == MakingState.Failed)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.State, MakingState.Waiting).SetProperty(row => row.Attempts, 0)
                            .SetProperty(row => row.EndedAt, (DateTimeOffset?)null).SetProperty(row => row.NotBefore, now),
                        cancellationToken);
                if (rows == 1) await db.AuditAsync(cancellationToken, new AuditNote(AuditEvent.Changed, nameof(ReportSchedule), Key(id), Details: $"making {Key(making)} asked for again"));
                return rows;
            },
            cancellationToken);
        return taken == 1 ? new ScheduleResult.Done(id) : new ScheduleResult.NotFound();
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private Task<ReportSchedule?> FindAsync(int id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return db.ReportSchedules.SingleOrDefaultAsync(row => row.Id == id && row.DeletedAt == null, cancellationToken);
    }

    private async Task<ScheduleResult> SaveAsync(ReportSchedule schedule, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (schedule.UpdatedAt, schedule.UpdatedById) = (now, actor.UserId);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new ScheduleResult.Done(schedule.Id);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var other = await db.ReportSchedules.AsNoTracking().Where(row => row.Id == schedule.Id).Select(row => new { row.UpdatedBy!.Name, row.UpdatedAt }).SingleAsync(cancellationToken);
            return new ScheduleResult.Overtaken(other.Name, other.UpdatedAt);
        }
    }

    private sealed record Checked(string Name, ReportKind Kind, SchedulePeriod Period, int? PersonId, List<string> Formats, List<string> Recipients, ScheduleTimes Times);

    private async Task<(Checked Input, List<FieldError> Errors)> CheckAsync(ScheduleInput input, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        var name = input.Name?.Trim() ?? "";
        if (name.Length == 0) errors.Add(new FieldError("Name", "Give the schedule a name, such as “Weekly report for the tracker meeting”."));
        else if (name.Length > LongestName) errors.Add(new FieldError("Name", FormattableString.Invariant($"At most {LongestName} letters.")));
        else if (name.Any(char.IsControl)) errors.Add(new FieldError("Name", "The name holds letters that cannot be shown."));

        if (input.Kind is not { } kind || !Enum.IsDefined(kind)) errors.Add(new FieldError("Kind", "Choose a kind of report."));
        else if (input.Period is not { } period || !ScheduleRules.PeriodsOf(kind).Contains(period)) errors.Add(new FieldError("Period", "Choose the days that the report is about."));

        int? person = null;
        if (input.Kind == ReportKind.Daily && !string.IsNullOrWhiteSpace(input.Person))
        {
            var login = input.Person.Trim().ToLowerInvariant();
            person = await db.Users.Where(user => user.Login == login).Select(user => (int?)user.Id).SingleOrDefaultAsync(cancellationToken);
            if (person is null) errors.Add(new FieldError("Person", "There is nobody by that login name; people are known here after their first sign-in."));
        }

        if (ReportDesk.FilterProblem(input.Filter) is { } unclear) errors.Add(new FieldError("Filter", unclear));

        var formats = input.Formats.Distinct(StringComparer.Ordinal).ToList();
        if (formats.Count == 0) errors.Add(new FieldError("Formats", "Choose at least one format."));
        else if (formats.Any(format => ReportFormats.All.All(known => known.Extension != format))) errors.Add(new FieldError("Formats", "There is no such format."));

        var times = ScheduleTimes.Parse(input.Cron, input.TimeZone, now, out var problem);
        if (problem is not null) errors.Add(new FieldError(problem.Field, problem.Words));
        var recipients = Addresses.Read(input.Recipients, out var wrong);
        if (wrong is not null) errors.Add(new FieldError("Recipients", wrong));
        return (new Checked(name, input.Kind ?? default, input.Period ?? default, person, formats, [.. recipients], times!), errors);
    }
}
