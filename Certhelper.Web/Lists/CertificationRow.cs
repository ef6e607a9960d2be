using System.Linq.Expressions;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;

namespace Certhelper.Web.Lists;

/// <summary>A problem of a component, by name.</summary>
public sealed record ProblemName(Component Component, string Name);

/// <summary>One certification as lists, exports and the API show it. Luminosity in pb⁻¹, field in T, energy in GeV.</summary>
public sealed record CertificationRow
{
    public required int Id { get; init; }

    public required int RunNumber { get; init; }

    public required Reconstruction Reconstruction { get; init; }

    /// <summary>By <see cref="VerdictRule"/>.</summary>
    public required bool Good { get; init; }

    public required ComponentVerdict Pixel { get; init; }

    public required bool PixelLowStatistics { get; init; }

    public required ComponentVerdict Strip { get; init; }

    public required bool StripLowStatistics { get; init; }

    public required ComponentVerdict Tracking { get; init; }

    public required bool TrackingLowStatistics { get; init; }

    public required IReadOnlyList<ProblemName> Problems { get; init; }

    public required string? BadReason { get; init; }

    public required TrackerMapState TrackerMap { get; init; }

    public required bool IsReference { get; init; }

    public required int? ReferenceRun { get; init; }

    public required Reconstruction? ReferenceReconstruction { get; init; }

    public required string? DatasetName { get; init; }

    public required string? Comment { get; init; }

    public required int OwnerId { get; init; }

    public required string ShifterLogin { get; init; }

    public required string ShifterName { get; init; }

    public required DateOnly Date { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }

    public required bool FactsComplete { get; init; }

    public required RunType? Type { get; init; }

    public required string? Era { get; init; }

    public required int? FillNumber { get; init; }

    public required string? FillType { get; init; }

    public required double? BFieldTesla { get; init; }

    public required double? EnergyGev { get; init; }

    public required int? Lumisections { get; init; }

    public required double? RecordedLumiInvPb { get; init; }

    /// <summary>PostgreSQL's row version, for acts on what was seen.</summary>
    public required uint Version { get; init; }

    /// <summary>Problems in one line.</summary>
    public string? ProblemWords => Problems.Count == 0
        ? null
        : string.Join("; ", Problems.OrderBy(problem => problem.Component).ThenBy(problem => problem.Name, StringComparer.Ordinal)
            .Select(problem => $"{problem.Component.ToString().ToLowerInvariant()}: {problem.Name}"));

    /// <summary>Reads a row and nothing else.</summary>
    internal static Expression<Func<TrackerCertification, CertificationRow>> Projection { get; } =
        VerdictRule.Good.With<TrackerCertification, bool, CertificationRow>((item, good) => new CertificationRow
        {
            Id = item.Id,
            RunNumber = item.RunReconstruction!.RunNumber,
            Reconstruction = item.RunReconstruction.Reconstruction,
            Good = good,
            Pixel = item.Pixel,
            PixelLowStatistics = item.PixelLowStatistics,
            Strip = item.Strip,
            StripLowStatistics = item.StripLowStatistics,
            Tracking = item.Tracking,
            TrackingLowStatistics = item.TrackingLowStatistics,
            Problems = item.Problems.Select(problem => new ProblemName(problem.Component, problem.Name)).ToList(),
            BadReason = item.BadReason!.Name,
            TrackerMap = item.TrackerMap,
            IsReference = item.RunReconstruction.Reference != null && item.RunReconstruction.Reference.RetiredAt == null,
            ReferenceRun = (int?)item.Reference!.RunReconstruction!.RunNumber,
            ReferenceReconstruction = (Reconstruction?)item.Reference.RunReconstruction.Reconstruction,
            DatasetName = item.DatasetName,
            Comment = item.Comment,
            OwnerId = item.OwnerId,
            ShifterLogin = item.Owner!.Login,
            ShifterName = item.Owner.Name,
            Date = item.Date,
            CreatedAt = item.CreatedAt,
            UpdatedAt = item.UpdatedAt,
            DeletedAt = item.DeletedAt,
            FactsComplete = item.FactsComplete,
            Type = item.RunReconstruction.Run!.Type,
            Era = item.RunReconstruction.Run.Era,
            FillNumber = item.RunReconstruction.Run.FillNumber,
            FillType = item.RunReconstruction.Run.FillTypeRuntime,
            BFieldTesla = item.RunReconstruction.Run.BFieldTesla,
            EnergyGev = item.RunReconstruction.Run.EnergyGev,
            Lumisections = item.RunReconstruction.Run.Lumisections,
            RecordedLumiInvPb = item.RunReconstruction.Run.RecordedLumiInvPb,
            Version = item.Version,
        });
}
