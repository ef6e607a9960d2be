using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <summary>How keeping a draft ended.</summary>
public abstract record DraftResult
{
    private DraftResult()
    {
    }

    /// <summary>It is kept.</summary>
    public sealed record Kept(DateTimeOffset At) : DraftResult;

    /// <summary>It is larger than a draft may be.</summary>
    public sealed record TooLarge(string Reason) : DraftResult;

    /// <summary>The person has certified it meanwhile: there is nothing left to draft.</summary>
    public sealed record Certified : DraftResult;

    /// <summary>The person may not, or there can be no such run.</summary>
    public sealed record Refused(string Reason) : DraftResult;
}

/// <summary>
/// Keeps what people type before they save it, one draft for each person and run reconstruction. Nobody reads or changes
/// another person's: the person is part of every question.
/// </summary>
public sealed class DraftDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>Largest draft, bytes of its JSON.</summary>
    public const int LargestBytes = 64 * 1024;

    /// <summary>How long a draft is kept that nobody touches.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How long a draft can be on its way from a browser.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(30);

    /// <summary>Keeps what stands in the form now; the newest wins.</summary>
    /// <param name="runNumber">The run.</param>
    /// <param name="reconstruction">Its reconstruction.</param>
    /// <param name="fields">The form's fields as the browser sends them.</param>
    /// <param name="certificationVersion">Version of the certification that is changed; null for a new one.</param>
    /// <param name="actor">Whose draft.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DraftResult> KeepAsync(
        int runNumber, Reconstruction reconstruction, Dictionary<string, List<string>> fields, uint? certificationVersion, Actor actor,
        CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.Certify)) return new DraftResult.Refused("Only people who certify have drafts.");
        if (RunNumbers.Problem(runNumber) is { } nonsense) return new DraftResult.Refused(nonsense);
        var clean = fields.ToDictionary(
            pair => Clean(pair.Key), pair => pair.Value.Select(Clean).ToList(), StringComparer.Ordinal);
        if (JsonSerializer.SerializeToUtf8Bytes(clean).Length > LargestBytes)
            return new DraftResult.TooLarge("This is more than 64 KiB and too long to be kept on the server; shorten the comment.");

        db.ChangeTracker.Clear();
        return await db.RepeatOnRaceAsync<DraftResult>(async () =>
        {
            // A draft on its way when the form was saved must not come back as unsaved work.
            if (await HasJustSavedAsync(runNumber, reconstruction, certificationVersion, actor, cancellationToken)) return new DraftResult.Certified();
            var draft = await Mine(runNumber, reconstruction, actor).SingleOrDefaultAsync(cancellationToken);
            if (draft is null)
            {
                db.CertificationDrafts.Add(draft = new CertificationDraft
                {
                    OwnerId = actor.UserId,
                    RunNumber = runNumber,
                    Reconstruction = reconstruction,
                    Fields = clean,
                });
            }

            draft.Fields = clean;
            draft.CertificationVersion = certificationVersion;
            draft.SavedAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
            return new DraftResult.Kept(draft.SavedAt);
        });
    }

    /// <summary>The person's draft; null when there is none.</summary>
    public Task<CertificationDraft?> OfAsync(int runNumber, Reconstruction reconstruction, Actor actor, CancellationToken cancellationToken) =>
        Mine(runNumber, reconstruction, actor).AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    /// <summary>Throws the person's draft away.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DropAsync(int runNumber, Reconstruction reconstruction, Actor actor, CancellationToken cancellationToken) =>
        await Mine(runNumber, reconstruction, actor).ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>Throws away what nobody has touched for <see cref="KeptFor"/>.</summary>
    /// <returns>How many.</returns>
    public Task<int> ForgetOldAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - KeptFor;
        return db.CertificationDrafts.Where(draft => draft.SavedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private Task<bool> HasJustSavedAsync(
        int runNumber, Reconstruction reconstruction, uint? version, Actor actor, CancellationToken cancellationToken)
    {
        var living = db.Certifications.Where(item => item.RunReconstruction!.RunNumber == runNumber && item.RunReconstruction.Reconstruction == reconstruction);
        if (version is null) return living.AnyAsync(item => item.OwnerId == actor.UserId, cancellationToken);
        var since = time.GetUtcNow() - OnItsWay;
        return living.AnyAsync(
            item => item.Version != version && item.UpdatedAt > since
                && item.Revisions.OrderByDescending(revision => revision.Number).First().ById == actor.UserId,
            cancellationToken);
    }

    private IQueryable<CertificationDraft> Mine(int runNumber, Reconstruction reconstruction, Actor actor) => db.CertificationDrafts
        .Where(draft => draft.OwnerId == actor.UserId && draft.RunNumber == runNumber && draft.Reconstruction == reconstruction);

    // PostgreSQL refuses NUL in text; nobody types it.
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
