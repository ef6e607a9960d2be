using System.Linq.Expressions;
using Certhelper.Core.Runs;

namespace Certhelper.Core.References;

/// <summary>Under which conditions a run reconstruction was taken: what makes it comparable with another. Null means unknown.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Reconstruction">Its reconstruction.</param>
/// <param name="Type">Collisions or cosmics.</param>
/// <param name="Era">Such as 2018D.</param>
/// <param name="BFieldTesla">Field of the magnet, tesla.</param>
/// <param name="EnergyGev">Beam energy, GeV.</param>
/// <param name="ApvMode">Read-out mode of the strip tracker.</param>
/// <param name="InjectionScheme">Filling scheme of the LHC.</param>
/// <param name="BunchesColliding">Colliding bunches of the fill.</param>
/// <param name="PeakPileup">Interactions per crossing at the fill's peak.</param>
/// <param name="Lumisections">Number of lumisections (23.31 s each).</param>
/// <param name="RecordedLumiInvPb">Recorded luminosity, pb⁻¹.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="FillNumber">LHC fill.</param>
public sealed record RunConditions(
    int RunNumber,
    Reconstruction Reconstruction,
    RunType? Type = null,
    string? Era = null,
    double? BFieldTesla = null,
    double? EnergyGev = null,
    ApvMode? ApvMode = null,
    string? InjectionScheme = null,
    int? BunchesColliding = null,
    double? PeakPileup = null,
    int? Lumisections = null,
    double? RecordedLumiInvPb = null,
    DateTimeOffset? StartTime = null,
    int? FillNumber = null)
{
    /// <summary><c>321123 express</c>.</summary>
    public string Name => FormattableString.Invariant($"{RunNumber} {Reconstruction.Code()}");

    /// <summary>Whether two fields of the magnet count as the same; null when one is unknown.</summary>
    public static bool? SameField(double? one, double? other, double toleranceTesla) =>
        // 3.9 − 3.8 is a little more than 0.1 to a computer.
        (one, other) is ({ } a, { } b) ? Math.Abs(a - b) <= toleranceTesla + 1e-6 : null;

    /// <summary>What is known of a run; its fill should be loaded.</summary>
    public static RunConditions Of(int runNumber, Reconstruction reconstruction, Run? run) => run is null
        ? new RunConditions(runNumber, reconstruction)
        : new RunConditions(
            runNumber, reconstruction, run.Type, run.Era ?? run.Fill?.Era, run.BFieldTesla, run.EnergyGev, run.ApvMode, run.Fill?.InjectionScheme,
            run.Fill?.BunchesColliding, run.Fill?.PeakPileup, run.Lumisections, run.RecordedLumiInvPb, run.StartTime, run.FillNumber);
}

/// <summary>A reference that could be chosen.</summary>
/// <param name="Id">Of the reference.</param>
/// <param name="Conditions">Under which it was taken.</param>
/// <param name="Validity">What it is meant for.</param>
/// <param name="RetiredAt">Since when it is not offered any more; null while it is.</param>
/// <param name="CertificationId">Its own certification; null when that was deleted.</param>
/// <param name="DatasetName">Dataset of that certification.</param>
public sealed record ReferenceCandidate(
    int Id, RunConditions Conditions, ReferenceValidity Validity, DateTimeOffset? RetiredAt, int? CertificationId, string? DatasetName)
{
    /// <summary>As a projection, so that a list of them is one statement.</summary>
    public static Expression<Func<Reference, ReferenceCandidate>> Projection { get; } = reference => new ReferenceCandidate(
        reference.Id,
        new RunConditions(
            reference.RunReconstruction!.RunNumber,
            reference.RunReconstruction.Reconstruction,
            reference.RunReconstruction.Run!.Type,
            reference.RunReconstruction.Run.Era ?? reference.RunReconstruction.Run.Fill!.Era,
            reference.RunReconstruction.Run.BFieldTesla,
            reference.RunReconstruction.Run.EnergyGev,
            reference.RunReconstruction.Run.ApvMode,
            reference.RunReconstruction.Run.Fill!.InjectionScheme,
            reference.RunReconstruction.Run.Fill.BunchesColliding,
            reference.RunReconstruction.Run.Fill.PeakPileup,
            reference.RunReconstruction.Run.Lumisections,
            reference.RunReconstruction.Run.RecordedLumiInvPb,
            reference.RunReconstruction.Run.StartTime,
            reference.RunReconstruction.Run.FillNumber),
        reference.Validity,
        reference.RetiredAt,
        reference.RunReconstruction.Certifications.Select(item => (int?)item.Id).FirstOrDefault(),
        reference.RunReconstruction.Certifications.Select(item => item.DatasetName).FirstOrDefault());
}
