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

    private static readonly (Component Component, string Name, string Description)[] Problems =
    [
        (Component.Pixel, "High voltage off", "A part of the pixel detector had no bias voltage."),
        (Component.Pixel, "Power off", "A power group, module or ring was off or tripped."),
        (Component.Pixel, "Dead read-out chips", "Read-out chips without hits beyond the known ones."),
        (Component.Pixel, "Noisy or stuck", "Noisy channels, or modules stuck after a single-event upset."),
        (Component.Pixel, "FED errors", "Read-out units in error or with masked channels."),
        (Component.Pixel, "Timing", "Clusters lost or small because of the wrong time of read-out."),
        (Component.Strip, "High voltage off", "Modules without bias voltage."),
        (Component.Strip, "Power off", "A power group or control ring off or tripped."),
        (Component.Strip, "FED errors", "Read-out units in error, or masked during the run."),
        (Component.Strip, "Out of synchronisation", "APV chips out of step with the rest."),
        (Component.Strip, "Signal to noise", "Signal to noise off its usual value: latency, mode or bias."),
        (Component.Strip, "Noisy modules", "Clusters off track beyond the known modules."),
        (Component.Tracking, "Few tracks", "Fewer tracks than in the reference at the same pile-up."),
        (Component.Tracking, "Fake tracks", "Many tracks of bad quality."),
        (Component.Tracking, "Few hits per track", "Hits missing on tracks."),
        (Component.Tracking, "Vertices or beam spot", "Vertices or beam spot unlike the reference."),
        (Component.Tracking, "Holes in eta-phi", "Regions without tracks."),
    ];

    /// <summary>Idempotent; called after migrations.</summary>
    /// <param name="db">The database.</param>
    /// <param name="practice">Whether scripts of the stand-in host are added.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task EnsureAsync(CerthelperDbContext db, bool practice, CancellationToken cancellationToken)
    {
        await AuditGuard.EnsureAsync(db, cancellationToken);
        if (!await db.BadReasons.AnyAsync(cancellationToken))
            db.BadReasons.AddRange(BadReasons.Select(reason => new BadReason { Name = reason.Name, Description = reason.Description }));
        if (!await db.ComponentProblems.AnyAsync(cancellationToken))
            db.ComponentProblems.AddRange(Problems.Select(problem => new ComponentProblem { Component = problem.Component, Name = problem.Name, Description = problem.Description }));
        await ChecklistSeed.AddMissingAsync(db, cancellationToken);
        await ScriptSeed.AddMissingAsync(db, practice, TimeProvider.System, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
