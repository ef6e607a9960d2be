using Certhelper.Core.Certification;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Api;

/// <summary>A page of a list.</summary>
/// <param name="Total">Items of the whole list.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="Size">Items of a full page.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Items, int Total, int Page, int Size, int Pages)
{
    internal static ApiPage<T> Of<TRow>(PageOf<TRow> page, Func<TRow, T> item) =>
        new([.. page.Items.Select(item)], page.Total, page.Number, page.Size, page.Pages);
}

/// <summary>A run reconstruction.</summary>
public sealed record ApiRunReconstruction(int RunNumber, string Reconstruction);

/// <summary>A person.</summary>
public sealed record ApiPerson(string Login, string Name);

/// <summary>What was said of one component.</summary>
/// <param name="Verdict">good, bad or excluded.</param>
/// <param name="Acceptable">Good, or marked as low statistics.</param>
public sealed record ApiComponent(string Verdict, bool LowStatistics, bool Acceptable)
{
    internal static ApiComponent Of(ComponentVerdict verdict, bool lowStatistics) =>
        new(Code.Of(verdict), lowStatistics, lowStatistics || verdict == ComponentVerdict.Good);
}

/// <summary>A problem of a component.</summary>
public sealed record ApiProblem(string Component, string Name);

/// <summary>Conditions of a run. Luminosities are integrated, in pb⁻¹; field in T; beam energy in GeV.</summary>
public sealed record ApiConditions(
    string? Type, string? Era, int? FillNumber, string? FillType, double? BFieldT, double? EnergyGeV, int? Lumisections, double? RecordedLuminosityInvPb);

/// <summary>A certification.</summary>
/// <param name="Verdict">good or bad, over all components.</param>
/// <param name="Date">The day it counts for.</param>
public record ApiCertification(
    int Id,
    int RunNumber,
    string Reconstruction,
    string Verdict,
    ApiComponent Pixel,
    ApiComponent Strip,
    ApiComponent Tracking,
    IReadOnlyList<ApiProblem> Problems,
    string? BadReason,
    string TrackerMap,
    bool IsReference,
    ApiRunReconstruction? Reference,
    string? Dataset,
    string? Comment,
    ApiPerson Shifter,
    DateOnly Date,
    bool FactsComplete,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt,
    ApiConditions Run)
{
    internal static ApiCertification Of(CertificationRow row) => new(
        row.Id, row.RunNumber, row.Reconstruction.Code(), Code.Verdict(row.Good),
        ApiComponent.Of(row.Pixel, row.PixelLowStatistics), ApiComponent.Of(row.Strip, row.StripLowStatistics), ApiComponent.Of(row.Tracking, row.TrackingLowStatistics),
        [.. row.Problems.Select(problem => new ApiProblem(problem.Component.ToString().ToLowerInvariant(), problem.Name))],
        row.BadReason, row.TrackerMap == TrackerMapState.Missing ? "missing" : "exists", row.IsReference,
        row.ReferenceRun is { } run ? new ApiRunReconstruction(run, row.ReferenceReconstruction!.Value.Code()) : null,
        row.DatasetName, row.Comment, new ApiPerson(row.ShifterLogin, row.ShifterName), row.Date, row.FactsComplete, row.CreatedAt, row.UpdatedAt, row.DeletedAt,
        new ApiConditions(
            Code.Of(row.Type), row.Era, row.FillNumber, row.FillType, row.BFieldTesla, row.EnergyGev, row.Lumisections, row.RecordedLumiInvPb));
}

/// <summary>One field that a revision changed.</summary>
public sealed record ApiChange(string Field, string? Old, string? New);

/// <summary>One entry of a history.</summary>
/// <param name="By">Login name; null when a job did it.</param>
public sealed record ApiRevision(int Number, string Kind, DateTimeOffset At, string? By, string? Why, IReadOnlyList<ApiChange> Changes);

/// <summary>A certification with all that happened to it, newest first.</summary>
public sealed record ApiCertificationDetails(ApiCertification Certification, IReadOnlyList<ApiRevision> History);

/// <summary>What a reconstruction of a run is certified as.</summary>
public sealed record ApiVerdict(string Reconstruction, int CertificationId, string Verdict);

/// <summary>A run. Luminosities are integrated, in pb⁻¹; field in T; beam energy in GeV.</summary>
public record ApiRun(
    int RunNumber,
    string? Type,
    string? Era,
    int? FillNumber,
    string? FillType,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    int? Lumisections,
    double? RecordedLuminosityInvPb,
    double? DeliveredLuminosityInvPb,
    double? BFieldT,
    double? EnergyGeV,
    string? HltKey,
    DateTimeOffset? FactsFetchedAt,
    IReadOnlyList<ApiVerdict> Certifications,
    IReadOnlyList<string> OpenReconstructions)
{
    internal static ApiRun Of(RunRow row) => new(
        row.RunNumber, Code.Of(row.Type), row.Era, row.FillNumber, row.FillType, row.StartTime, row.EndTime, row.Lumisections,
        row.RecordedLumiInvPb, row.DeliveredLumiInvPb, row.BFieldTesla, row.EnergyGev, row.HltKey, row.FetchedAt,
        [.. row.Verdicts.Select(verdict => new ApiVerdict(verdict.Reconstruction.Code(), verdict.CertificationId, Code.Verdict(verdict.Good)))],
        [.. row.Open.Select(reconstruction => reconstruction.Code())]);
}

/// <summary>A dataset as the Run Registry named it last.</summary>
public sealed record ApiDataset(string Name, string? Reconstruction, string? TrackerState, DateTimeOffset FetchedAt)
{
    internal static ApiDataset Of(RegistryDataset dataset) => new(dataset.Name, dataset.Reconstruction?.Code(), dataset.TrackerState, dataset.FetchedAt);
}

/// <summary>A run with its certifications and datasets.</summary>
public sealed record ApiRunDetails(ApiRun Run, IReadOnlyList<ApiCertification> Certifications, IReadOnlyList<ApiDataset> Datasets);

/// <summary>A reference run.</summary>
/// <param name="ValidFor">For what it is meant; empty lists mean all.</param>
public sealed record ApiReference(
    int Id, int RunNumber, string Reconstruction, DateTimeOffset PromotedAt, DateTimeOffset? RetiredAt, string? RetiredReason, ApiValidity ValidFor, ApiConditions Run)
{
    internal static ApiReference Of(Reference item)
    {
        var run = item.RunReconstruction!.Run!;
        return new ApiReference(
            item.Id, run.RunNumber, item.RunReconstruction.Reconstruction.Code(), item.PromotedAt, item.RetiredAt, item.RetiredReason,
            new ApiValidity(
                [.. item.Validity.RunTypes.Select(type => Code.Of(type)!)], [.. item.Validity.Reconstructions.Select(reconstruction => reconstruction.Code())], item.Validity.Eras),
            new ApiConditions(
                Code.Of(run.Type), run.Era, run.FillNumber, run.FillTypeRuntime, run.BFieldTesla, run.EnergyGev, run.Lumisections, run.RecordedLumiInvPb));
    }
}

/// <summary>For what a reference is meant.</summary>
public sealed record ApiValidity(IReadOnlyList<string> RunTypes, IReadOnlyList<string> Reconstructions, IReadOnlyList<string> Eras);

/// <summary>A dataset of which the Run Registry waits for the tracker's word.</summary>
/// <param name="CertificationId">Null while nobody has certified it here.</param>
public sealed record ApiOpenRun(int RunNumber, string Reconstruction, string Dataset, DateTimeOffset FirstSeenAt, DateTimeOffset FetchedAt, int? CertificationId);

/// <summary>Words of the API: lower case, the same as in filters.</summary>
internal static class Code
{
    public static string Verdict(bool good) => good ? "good" : "bad";

    public static string Of(ComponentVerdict verdict) => verdict switch
    {
        ComponentVerdict.Good => "good",
        ComponentVerdict.Bad => "bad",
        ComponentVerdict.Excluded => "excluded",
    };

    public static string? Of(RunType? type) => type is null ? null : Words.Of(type);
}
