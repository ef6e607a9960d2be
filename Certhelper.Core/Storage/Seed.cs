using Certhelper.Core.Certification;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Storage;

/// <summary>Rows that a new installation starts with. Adds what is missing; never changes what people edited.</summary>
public static class Seed
{
    private static readonly (string Name, string Description)[] BadReasons =
    [
        ("Timing problem", "The detector was read out at the wrong time, for example during a delay scan."),
        ("High voltage off", "A part of the detector had no bias voltage."),
        ("Power group off", "A power group, control ring or control loop was off or tripped."),
        ("Readout problem", "FEDs or read-out chips in error, or masked during the run."),
        ("Detector not ready", "The detector's control system was not ready for most of the run."),
        ("Wrong configuration", "The run was taken with unsuitable settings or conditions."),
        ("Other", "Something else; say what in the comment."),
    ];

    /// <summary>Idempotent; called after migrations.</summary>
    public static async Task EnsureAsync(CerthelperDbContext db, CancellationToken cancellationToken)
    {
        if (await db.BadReasons.AnyAsync(cancellationToken)) return;
        db.BadReasons.AddRange(BadReasons.Select(reason => new BadReason { Name = reason.Name, Description = reason.Description }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
