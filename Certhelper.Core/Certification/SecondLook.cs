using Certhelper.Core.Storage;

namespace Certhelper.Core.Certification;

/// <summary>Looks at a certification before it is saved, as an experienced colleague would.</summary>
public sealed class SecondLook(CerthelperDbContext db)
{
    /// <summary>What does not look right; empty when all does.</summary>
    /// <param name="input">What is to be saved; it breaks no rule of form.</param>
    /// <param name="of">Which certification.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<IReadOnlyList<Finding>> FindAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken)
    {
        _ = db;
        return Task.FromResult<IReadOnlyList<Finding>>([]);
    }

    /// <summary>The findings that keep it from being saved: those that block, and those to confirm without a reason.</summary>
    public static IReadOnlyList<Finding> Open(IEnumerable<Finding> findings, CertificationInput input) =>
    [
        .. findings.Where(finding => finding.Severity == FindingSeverity.Block
            || (finding.Severity == FindingSeverity.Confirm && string.IsNullOrWhiteSpace(input.Confirmed.GetValueOrDefault(finding.Rule)))),
    ];
}
