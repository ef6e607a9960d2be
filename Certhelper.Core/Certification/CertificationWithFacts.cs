using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;

namespace Certhelper.Core.Certification;

/// <summary>Certifies with facts of the run that a person typed into the same form: both are kept, or nothing is.</summary>
public sealed class CertificationWithFacts(CerthelperDbContext db, RunFactsDesk facts, CertificationDesk desk)
{
    /// <summary>As <see cref="CertificationDesk.CreateAsync"/>, by what was typed.</summary>
    public Task<SaveResult> CreateAsync(
        int runNumber, Reconstruction reconstruction, CertificationInput input, TypedFacts typed, Actor actor, CancellationToken cancellationToken) =>
        TogetherAsync(runNumber, typed, actor, () => desk.CreateAsync(runNumber, reconstruction, input, actor, cancellationToken), cancellationToken);

    /// <summary>As <see cref="CertificationDesk.EditAsync"/>, by what was typed.</summary>
    public Task<SaveResult> EditAsync(
        int certificationId, int runNumber, EditBase seen, CertificationInput input, TypedFacts typed, string? why, Actor actor, CancellationToken cancellationToken) =>
        TogetherAsync(runNumber, typed, actor, () => desk.EditAsync(certificationId, seen, input, why, actor, cancellationToken), cancellationToken);

    private Task<SaveResult> TogetherAsync(int runNumber, TypedFacts typed, Actor actor, Func<Task<SaveResult>> saveAsync, CancellationToken cancellationToken) => typed.IsEmpty
        ? saveAsync()
        : db.InOneTransactionAsync(
            async () =>
            {
                // First: the rules and the second look go by them.
                var errors = await facts.TypeByHandAsync(runNumber, typed, actor, cancellationToken);
                return errors.Count > 0 ? new SaveResult.InvalidFacts(errors) : await saveAsync();
            },
            result => result is SaveResult.Saved,
            cancellationToken);
}
