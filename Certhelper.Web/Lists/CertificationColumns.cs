using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Lists;

/// <summary>The columns of the list of certifications, and how it can be sorted.</summary>
public static class CertificationColumns
{
    public static IReadOnlyList<ListColumn<CertificationRow>> All { get; } =
    [
        new("run", "Run", row => row.RunNumber) { IsStandard = true, LargestFirst = true },
        new("reconstruction", "Reconstruction", row => row.Reconstruction.Code()),
        new("verdict", "Verdict", row => row.Good ? "good" : "bad") { IsStandard = true },
        new("pixel", "Pixel", row => ComponentStates.Word(row.Pixel, row.PixelLowStatistics)) { IsStandard = true },
        new("strip", "Strip", row => ComponentStates.Word(row.Strip, row.StripLowStatistics)) { IsStandard = true },
        new("tracking", "Tracking", row => ComponentStates.Word(row.Tracking, row.TrackingLowStatistics)) { IsStandard = true },
        new("problems", "Problems", row => row.ProblemWords),
        new("reason", "Why bad", row => row.BadReason),
        new("map", "Maps", row => row.TrackerMap == TrackerMapState.Missing ? "missing" : "exists") { IsStandard = true },
        new("is_reference", "Is reference", row => row.IsReference) { IsStandard = true },
        new("reference", "Reference", row => row.ReferenceRun is { } run ? $"{run} {row.ReferenceReconstruction!.Value.Code()}" : null) { IsStandard = true },
        new("type", "Type", row => row.Type is { } type ? Words.Of(type) : null),
        new("era", "Era", row => row.Era),
        new("fill", "Fill", row => row.FillNumber) { IsNumber = true, LargestFirst = true },
        new("fill_type", "Fill type", row => row.FillType),
        new("b_field_t", "B", row => row.BFieldTesla) { Unit = "T", IsNumber = true, LargestFirst = true },
        new("energy_gev", "Energy", row => row.EnergyGev) { Unit = "GeV", IsNumber = true, LargestFirst = true },
        new("recorded_lumi_inv_pb", "Recorded", row => row.RecordedLumiInvPb) { IsNumber = true, LargestFirst = true },
        new("lumisections", "LS", row => row.Lumisections) { IsNumber = true, LargestFirst = true },
        new("dataset", "Dataset", row => row.DatasetName),
        new("comment", "Comment", row => row.Comment) { IsStandard = true },
        new("shifter", "Shifter", row => row.ShifterName) { IsStandard = true },
        new("login", "Login", row => row.ShifterLogin),
        new("date", "Date", row => row.Date) { IsStandard = true, LargestFirst = true },
        new("changed", "Changed", row => row.UpdatedAt) { LargestFirst = true },
        new("facts_complete", "Facts complete", row => row.FactsComplete),
        new("id", "Id", row => row.Id) { IsNumber = true, LargestFirst = true },
    ];

    /// <summary>
    /// As a file of what the page shows holds them: a run number says which certification only with its reconstruction, which the page writes into
    /// the same cell.
    /// </summary>
    public static IReadOnlyList<ListColumn<CertificationRow>> Identified(IReadOnlyList<ListColumn<CertificationRow>> chosen)
    {
        var keys = chosen.Select(column => column.Key).ToHashSet();
        if (keys.Contains("run")) keys.Add("reconstruction");
        return [.. All.Where(column => keys.Contains(column.Key))];
    }

    public static bool CanSort(string key) => Sorts.Has(key);

    internal static SortTable<TrackerCertification> Sorts { get; } = new(
        new Sorting("date", Descending: true),
        new Dictionary<string, Func<IQueryable<TrackerCertification>, bool, IOrderedQueryable<TrackerCertification>>>
        {
            ["date"] = SortColumns.By<TrackerCertification, DateOnly>(item => item.Date),
            ["run"] = SortColumns.By<TrackerCertification, int>(item => item.RunReconstruction!.RunNumber),
            ["reconstruction"] = SortColumns.By<TrackerCertification, Reconstruction>(item => item.RunReconstruction!.Reconstruction),
            ["verdict"] = SortColumns.By(VerdictRule.Good),
            ["pixel"] = SortColumns.By<TrackerCertification, bool>(item => item.PixelLowStatistics, item => item.Pixel == ComponentVerdict.Good),
            ["strip"] = SortColumns.By<TrackerCertification, bool>(item => item.StripLowStatistics, item => item.Strip == ComponentVerdict.Good),
            ["tracking"] = SortColumns.By<TrackerCertification, bool>(item => item.TrackingLowStatistics, item => item.Tracking == ComponentVerdict.Good),
            ["map"] = SortColumns.By<TrackerCertification, TrackerMapState>(item => item.TrackerMap),
            ["reason"] = SortColumns.By<TrackerCertification, string>(item => item.BadReasonId == null, item => item.BadReason!.Name),
            ["is_reference"] = SortColumns.By<TrackerCertification, bool>(item => item.RunReconstruction!.Reference != null && item.RunReconstruction.Reference.RetiredAt == null),
            ["reference"] = SortColumns.By<TrackerCertification, int>(item => item.ReferenceId == null, item => item.Reference!.RunReconstruction!.RunNumber),
            ["type"] = SortColumns.By<TrackerCertification, RunType?>(item => item.RunReconstruction!.Run!.Type == null, item => item.RunReconstruction!.Run!.Type),
            ["era"] = SortColumns.By<TrackerCertification, string?>(item => item.RunReconstruction!.Run!.Era == null, item => item.RunReconstruction!.Run!.Era),
            ["fill"] = SortColumns.By<TrackerCertification, int?>(item => item.RunReconstruction!.Run!.FillNumber == null, item => item.RunReconstruction!.Run!.FillNumber),
            ["fill_type"] = SortColumns.By<TrackerCertification, string?>(
                item => item.RunReconstruction!.Run!.FillTypeRuntime == null, item => item.RunReconstruction!.Run!.FillTypeRuntime),
            ["b_field_t"] = SortColumns.By<TrackerCertification, double?>(item => item.RunReconstruction!.Run!.BFieldTesla == null, item => item.RunReconstruction!.Run!.BFieldTesla),
            ["energy_gev"] = SortColumns.By<TrackerCertification, double?>(item => item.RunReconstruction!.Run!.EnergyGev == null, item => item.RunReconstruction!.Run!.EnergyGev),
            ["recorded_lumi_inv_pb"] = SortColumns.By<TrackerCertification, double?>(
                item => item.RunReconstruction!.Run!.RecordedLumiInvPb == null, item => item.RunReconstruction!.Run!.RecordedLumiInvPb),
            ["lumisections"] = SortColumns.By<TrackerCertification, int?>(
                item => item.RunReconstruction!.Run!.Lumisections == null, item => item.RunReconstruction!.Run!.Lumisections),
            ["dataset"] = SortColumns.By<TrackerCertification, string?>(item => item.DatasetName == null, item => item.DatasetName),
            ["shifter"] = SortColumns.By<TrackerCertification, string>(item => item.Owner!.Name),
            ["login"] = SortColumns.By<TrackerCertification, string>(item => item.Owner!.Login),
            ["changed"] = SortColumns.By<TrackerCertification, DateTimeOffset>(item => item.UpdatedAt),
            ["facts_complete"] = SortColumns.By<TrackerCertification, bool>(item => item.FactsComplete),
            ["id"] = SortColumns.By<TrackerCertification, int>(item => item.Id),
        });

    /// <summary>In an order in which no two are equal, so that no page repeats a row of another.</summary>
    internal static IOrderedQueryable<TrackerCertification> Sort(IQueryable<TrackerCertification> query, Sorting sorting) =>
        Sorts.Apply(query, sorting).ThenByDescending(item => item.UpdatedAt).ThenByDescending(item => item.Id);
}
