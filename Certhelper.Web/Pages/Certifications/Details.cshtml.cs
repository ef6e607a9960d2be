using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Certify;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>One certification with its facts and its history.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class DetailsModel(CerthelperDbContext db, EvidenceSheets sheets) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public TrackerCertification Item { get; private set; } = null!;

    public IReadOnlyList<CertificationRevision> History { get; private set; } = [];

    /// <summary>What the verdict was based on; null when nothing was frozen.</summary>
    public EvidenceSheet? Evidence { get; private set; }

    /// <summary>Facts that have changed since and about which nobody has decided.</summary>
    public IReadOnlyList<FactChange> Changed { get; private set; } = [];

    /// <summary>Whether a leader wants it to be looked at again.</summary>
    public bool IsGivenBack => Changed.Any(change => change.State == FactChangeState.Reopened);

    public bool IsGood { get; private set; }

    public bool IsDeleted => Item.DeletedAt is not null;

    public bool IsMine => Item.OwnerId == User.UserId();

    public bool IsReference => Item.RunReconstruction!.Reference is { RetiredAt: null };

    public bool MayEdit => !IsDeleted && ((IsMine && User.May(Permission.Certify)) || User.May(Permission.EditOthersCertifications));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var item = await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Include(row => row.Owner)
            .Include(row => row.BadReason)
            .Include(row => row.Problems)
            .Include(row => row.Reference).ThenInclude(reference => reference!.RunReconstruction)
            .Include(row => row.RunReconstruction).ThenInclude(of => of!.Reference)
            .Include(row => row.RunReconstruction).ThenInclude(of => of!.Run).ThenInclude(run => run!.Fill)
            .SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
        if (item is null || (item.DeletedAt is not null && !User.May(Permission.DeleteCertifications))) return NotFound();

        Item = item;
        Evidence = await sheets.OfAsync(item, null, cancellationToken);
        IsGood = VerdictRule.IsGood(item);
        Changed = await db.FactChanges.AsNoTracking().Include(change => change.DecidedBy)
            .Where(change => change.CertificationId == Id && (change.State == FactChangeState.Open || change.State == FactChangeState.Reopened))
            .OrderBy(change => change.Id).ToListAsync(cancellationToken);
        History = await db.CertificationRevisions.AsNoTracking().Include(revision => revision.By)
            .Where(revision => revision.CertificationId == Id)
            .OrderByDescending(revision => revision.Number).ToListAsync(cancellationToken);
        return Page();
    }

    /// <summary>What happened, in a word.</summary>
    public static string Say(RevisionKind kind) => kind switch
    {
        RevisionKind.Created => "Certified",
        RevisionKind.Edited => "Changed",
        RevisionKind.FactsCompleted => "Facts completed",
        RevisionKind.Deleted => "Deleted",
        RevisionKind.Restored => "Restored",
        RevisionKind.HandedOver => "Handed over",
        RevisionKind.FactsAccepted => "Changed facts accepted",
        RevisionKind.Reopened => "Given back to be looked at again",
    };
}
