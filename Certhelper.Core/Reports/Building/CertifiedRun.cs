using System.Linq.Expressions;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;

namespace Certhelper.Core.Reports;

/// <summary>A problem of a component, by name.</summary>
public sealed record NamedProblem(Component Component, string Name);

/// <summary>A certification as reports need it. Luminosity in pb⁻¹, field in T, beam energy in GeV.</summary>
public sealed record CertifiedRun
{
    public required int Id { get; init; }

    public required int RunNumber { get; init; }

    public required Reconstruction Reconstruction { get; init; }

    public required RunType? Type { get; init; }

    /// <summary>By <see cref="VerdictRule"/>, worked out by the database.</summary>
    public required bool Good { get; init; }

    public required ComponentVerdict Pixel { get; init; }

    public required bool PixelLowStatistics { get; init; }

    public required ComponentVerdict Strip { get; init; }

    public required bool StripLowStatistics { get; init; }

    public required ComponentVerdict Tracking { get; init; }

    public required bool TrackingLowStatistics { get; init; }

    public required IReadOnlyList<NamedProblem> Problems { get; init; }

    public required string? BadReason { get; init; }

    public required TrackerMapState TrackerMap { get; init; }

    public required int? ReferenceRun { get; init; }

    public required Reconstruction? ReferenceReconstruction { get; init; }

    public required string? DatasetName { get; init; }

    public required string? Comment { get; init; }

    public required int OwnerId { get; init; }

    public required string ShifterName { get; init; }

    public required DateOnly Date { get; init; }

    public required string? Era { get; init; }

    public required int? FillNumber { get; init; }

    public required string? FillType { get; init; }

    public required double? BFieldTesla { get; init; }

    public required double? EnergyGev { get; init; }

    public required int? Lumisections { get; init; }

    public required double? RecordedLumiInvPb { get; init; }

    internal RunMark Mark => Good ? RunMark.Good : RunMark.Bad;

    internal MarkedRun Marked => new(RunNumber, Mark);

    internal static Expression<Func<TrackerCertification, CertifiedRun>> Projection { get; } = VerdictRule.Good.With((TrackerCertification item, bool good) => new CertifiedRun
    {
        Id = item.Id,
        RunNumber = item.RunReconstruction!.RunNumber,
        Reconstruction = item.RunReconstruction.Reconstruction,
        Type = item.RunReconstruction.Run!.Type,
        Good = good,
        Pixel = item.Pixel,
        PixelLowStatistics = item.PixelLowStatistics,
        Strip = item.Strip,
        StripLowStatistics = item.StripLowStatistics,
        Tracking = item.Tracking,
        TrackingLowStatistics = item.TrackingLowStatistics,
        Problems = item.Problems.Select(problem => new NamedProblem(problem.Component, problem.Name)).ToList(),
        BadReason = item.BadReason!.Name,
        TrackerMap = item.TrackerMap,
        ReferenceRun = (int?)item.Reference!.RunReconstruction!.RunNumber,
        ReferenceReconstruction = (Reconstruction?)item.Reference.RunReconstruction.Reconstruction,
        DatasetName = item.DatasetName,
        Comment = item.Comment,
        OwnerId = item.OwnerId,
        ShifterName = item.Owner!.Name,
        Date = item.Date,
        Era = item.RunReconstruction.Run.Era,
        FillNumber = item.RunReconstruction.Run.FillNumber,
        FillType = item.RunReconstruction.Run.FillTypeParty1 ?? item.RunReconstruction.Run.FillTypeRuntime,
        BFieldTesla = item.RunReconstruction.Run.BFieldTesla,
        EnergyGev = item.RunReconstruction.Run.EnergyGev,
        Lumisections = item.RunReconstruction.Run.Lumisections,
        RecordedLumiInvPb = item.RunReconstruction.Run.RecordedLumiInvPb,
    });
}
