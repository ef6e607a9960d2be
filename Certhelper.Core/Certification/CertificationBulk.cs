using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Certification;

/// <summary>One certification that a person chose among several.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">The version that the person saw.</param>
public sealed record ChosenCertification(int Id, uint Version);

/// <summary>What became of one of several: each has its own end, none is left out silently.</summary>
/// <param name="Id">The certification.</param>
/// <param name="Name">What people call it; its number when it is gone.</param>
/// <param name="Done">Whether it was done.</param>
/// <param name="Words">What happened, in words.</param>
public sealed record BulkResult(int Id, string Name, bool Done, string Words);

/// <summary>
/// The same act on several certifications, one after the other through the desks of single ones: each with its own check
/// of the version, its own history and its own result.
/// </summary>
public sealed class CertificationBulk(CerthelperDbContext db, CertificationDesk desk, ReferenceDesk references)
{
    /// <summary>How many may be chosen at a time.</summary>
    public const int Most = 100;

    /// <summary>Deletes softly.</summary>
    public Task<IReadOnlyList<BulkResult>> DeleteAsync(
        IReadOnlyList<ChosenCertification> chosen, string why, Actor actor, CancellationToken cancellationToken) => EachAsync(
        chosen, "Deleted.", async item => Problem(await desk.DeleteAsync(item.Id, item.Version, why, actor, cancellationToken)), cancellationToken);

    /// <summary>Gives them to somebody else.</summary>
    public Task<IReadOnlyList<BulkResult>> HandOverAsync(
        IReadOnlyList<ChosenCertification> chosen, int toUserId, string? why, Actor actor, CancellationToken cancellationToken) => EachAsync(
        chosen, "Handed over.", async item => Problem(await desk.HandOverAsync(item.Id, item.Version, toUserId, why, actor, cancellationToken)), cancellationToken);

    /// <summary>Makes their run reconstructions references.</summary>
    public Task<IReadOnlyList<BulkResult>> PromoteAsync(
        IReadOnlyList<ChosenCertification> chosen, Actor actor, CancellationToken cancellationToken) => EachAsync(
        chosen, "It is a reference now.", item => PromoteAsync(item, actor, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<BulkResult>> EachAsync(
        IReadOnlyList<ChosenCertification> chosen, string done, Func<ChosenCertification, Task<string?>> act, CancellationToken cancellationToken)
    {
        var ids = chosen.Select(item => item.Id).ToArray();
        var names = await db.Certifications.IgnoreQueryFilters([Filters.Living]).Where(item => ids.Contains(item.Id))
            .Select(item => new { item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction })
            .ToDictionaryAsync(item => item.Id, item => FormattableString.Invariant($"{item.RunNumber} {item.Reconstruction.Code()}"), cancellationToken);
        List<BulkResult> results = [];
        foreach (var item in chosen)
        {
            var problem = await act(item);
            results.Add(new BulkResult(item.Id, names.GetValueOrDefault(item.Id) ?? FormattableString.Invariant($"no. {item.Id}"), problem is null, problem ?? done));
        }

        return results;
    }

    private async Task<string?> PromoteAsync(ChosenCertification item, Actor actor, CancellationToken cancellationToken)
    {
        // What is promoted is what was seen: a verdict that changed meanwhile is looked at again first.
        var version = await db.Certifications.AsNoTracking().Where(row => row.Id == item.Id).Select(row => (uint?)row.Version).SingleOrDefaultAsync(cancellationToken);
        if (version is { } now && now != item.Version) return Changed;
        return await references.PromoteAsync(item.Id, actor, cancellationToken) switch
        {
            ReferenceResult.Done => null,
            ReferenceResult.AlreadyReference => "It was a reference already.",
            ReferenceResult.Refused refused => refused.Reason,
            ReferenceResult.Conflict => "Somebody changed the reference at the same moment.",
            _ => Gone,
        };
    }

    private const string Changed = "Not done: it was changed since this page was opened. Look at it again.";
    private const string Gone = "Not done: it is deleted or does not exist any more.";

    private static string? Problem(SaveResult result) => result switch
    {
        SaveResult.Saved => null,
        SaveResult.Conflict => Changed,
        SaveResult.Refused refused => refused.Reason,
        SaveResult.Invalid invalid => string.Join(" ", invalid.Errors.Select(error => error.Message)),
        SaveResult.NotFound => Gone,
        _ => "Not done.",
    };
}
