using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Leader;

/// <summary>One certification with facts that changed after it was made.</summary>
public sealed record ChangedCertification(
    int CertificationId, int RunNumber, Reconstruction Reconstruction, int OwnerId, string Owner, DateOnly Date, bool Good, IReadOnlyList<FactChange> Changes)
{
    public string Name => FormattableString.Invariant($"{RunNumber} {Reconstruction.Code()}");

    /// <summary>What the form says was seen.</summary>
    public string Seen => CertificationDesk.SeenChanges(Changes);

    /// <summary>The one that says why it was given back; null when it was not.</summary>
    public FactChange? Reopened => Changes.FirstOrDefault(change => change.State == FactChangeState.Reopened);
}

/// <summary>Which changed facts a list shows.</summary>
public enum ChangedKind
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>Given back to the shifter.</summary>
    Reopened,

    /// <summary>Accepted, settled by a new save, or gone by themselves.</summary>
    Decided,
}

/// <summary>Reads changed facts certification by certification.</summary>
public static class ChangedFacts
{
    /// <summary>Three statements, whatever the size.</summary>
    public static async Task<(PageOf<ChangedCertification> Page, IReadOnlyDictionary<ChangedKind, int> Counts)> ReadAsync(
        CerthelperDbContext db, IQueryable<TrackerCertification> selection, ChangedKind kind, int? number, CancellationToken cancellationToken)
    {
        var all = db.FactChanges.Where(change => selection.Any(item => item.Id == change.CertificationId));
        var pairs = (await all.Select(change => new { change.CertificationId, change.State }).Distinct().ToListAsync(cancellationToken))
            .ToLookup(pair => KindOf(pair.State), pair => pair.CertificationId);
        var counts = Enum.GetValues<ChangedKind>().ToDictionary(one => one, one => pairs[one].Distinct().Count());
        int[] ids = [.. pairs[kind].Distinct().OrderDescending()];
        var page = Paging.Cut(ids, number, Paging.Size);
        var rows = await OfAsync(db, page.Items, kind, cancellationToken);
        return (new PageOf<ChangedCertification>(rows, page.Total, page.Number, page.Size), counts);
    }

    /// <summary>The changes of some certifications. Two statements.</summary>
    public static async Task<IReadOnlyList<ChangedCertification>> OfAsync(
        CerthelperDbContext db, IReadOnlyList<int> ids, ChangedKind kind, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var wanted = ids.ToArray();
        var items = await db.Certifications.AsNoTracking().Where(item => wanted.Contains(item.Id))
            .Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new ChangedCertification(
                item.Id, item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.OwnerId, item.Owner!.Name, item.Date, good, new List<FactChange>())))
            .ToListAsync(cancellationToken);
        var changes = (await db.FactChanges.AsNoTracking().Include(change => change.DecidedBy)
            .Where(change => wanted.Contains(change.CertificationId)).OrderBy(change => change.Id).ToListAsync(cancellationToken))
            .Where(change => Fits(change, kind)).ToLookup(change => change.CertificationId);
        var byId = items.ToDictionary(item => item.CertificationId);
        return [.. ids.Where(byId.ContainsKey).Select(id => byId[id] with { Changes = [.. changes[id]] })];
    }

    // What is decided about a certification is decided about all its open facts at once, so both kinds of undecided ones belong together.
    private static bool Fits(FactChange change, ChangedKind kind) =>
        kind == ChangedKind.Decided ? !change.IsUndecided : change.IsUndecided;

    private static ChangedKind KindOf(FactChangeState state) => state switch
    {
        FactChangeState.Open => ChangedKind.Open,
        FactChangeState.Reopened => ChangedKind.Reopened,
        FactChangeState.Accepted or FactChangeState.Settled or FactChangeState.Gone => ChangedKind.Decided,
    };
}
