using System.Linq.Expressions;
using Certhelper.Core.Runs;

namespace Certhelper.Web.Lists;

/// <summary>What a reconstruction of a run is certified as.</summary>
public sealed record RunVerdict(int RunNumber, Reconstruction Reconstruction, int CertificationId, bool Good);

/// <summary>One run as lists, exports and the API show it. Luminosities in pb⁻¹, field in T, energy in GeV.</summary>
public sealed record RunRow
{
    public required int RunNumber { get; init; }

    public required RunType? Type { get; init; }

    public required string? Era { get; init; }

    public required int? FillNumber { get; init; }

    public required string? FillType { get; init; }

    public required DateTimeOffset? StartTime { get; init; }

    public required DateTimeOffset? EndTime { get; init; }

    public required int? Lumisections { get; init; }

    public required double? RecordedLumiInvPb { get; init; }

    public required double? DeliveredLumiInvPb { get; init; }

    public required double? BFieldTesla { get; init; }

    public required double? EnergyGev { get; init; }

    public required string? HltKey { get; init; }

    public required DateTimeOffset? FetchedAt { get; init; }

    /// <summary>In the order of reconstructions.</summary>
    public IReadOnlyList<RunVerdict> Verdicts { get; init; } = [];

    /// <summary>Reconstructions of which the Run Registry waits for the tracker's word.</summary>
    public IReadOnlyList<Reconstruction> Open { get; init; } = [];

    /// <summary>What one reconstruction is certified as: <c>good</c>, <c>bad</c>, or null.</summary>
    public string? VerdictOf(Reconstruction reconstruction) =>
        Verdicts.FirstOrDefault(verdict => verdict.Reconstruction == reconstruction) is { } verdict ? verdict.Good ? "good" : "bad" : null;

    /// <summary>Whether two reconstructions of it are certified differently.</summary>
    public bool HasFlip => Verdicts.Select(verdict => verdict.Good).Distinct().Count() > 1;

    /// <summary>Reads the run's own part.</summary>
    internal static Expression<Func<Run, RunRow>> Projection { get; } = run => new RunRow
    {
        RunNumber = run.RunNumber,
        Type = run.Type,
        Era = run.Era,
        FillNumber = run.FillNumber,
        FillType = run.FillTypeRuntime,
        StartTime = run.StartTime,
        EndTime = run.EndTime,
        Lumisections = run.Lumisections,
        RecordedLumiInvPb = run.RecordedLumiInvPb,
        DeliveredLumiInvPb = run.DeliveredLumiInvPb,
        BFieldTesla = run.BFieldTesla,
        EnergyGev = run.EnergyGev,
        HltKey = run.HltKey,
        FetchedAt = run.FetchedAt,
    };
}
