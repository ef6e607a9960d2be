using Certhelper.Core.Runs;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Lists;

/// <summary>The columns of the list of runs, and how it can be sorted.</summary>
public static class RunColumns
{
    public static IReadOnlyList<ListColumn<RunRow>> All { get; } =
    [
        new("run", "Run", row => row.RunNumber) { IsStandard = true, LargestFirst = true },
        new("type", "Type", row => row.Type is { } type ? Words.Of(type) : null) { IsStandard = true },
        new("era", "Era", row => row.Era) { IsStandard = true },
        new("start", "Start", row => row.StartTime) { IsStandard = true, LargestFirst = true },
        new("end", "End", row => row.EndTime) { LargestFirst = true },
        new("fill", "Fill", row => row.FillNumber) { IsStandard = true, IsNumber = true, LargestFirst = true },
        new("fill_type", "Fill type", row => row.FillType),
        new("lumisections", "LS", row => row.Lumisections) { IsStandard = true, IsNumber = true, LargestFirst = true },
        new("recorded_lumi_inv_pb", "Recorded", row => row.RecordedLumiInvPb) { IsStandard = true, IsNumber = true, LargestFirst = true },
        new("delivered_lumi_inv_pb", "Delivered", row => row.DeliveredLumiInvPb) { IsNumber = true, LargestFirst = true },
        new("b_field_t", "B", row => row.BFieldTesla) { Unit = "T", IsStandard = true, IsNumber = true, LargestFirst = true },
        new("energy_gev", "Energy", row => row.EnergyGev) { Unit = "GeV", IsStandard = true, IsNumber = true, LargestFirst = true },
        new("hlt_key", "HLT key", row => row.HltKey),
        .. Reconstructions.Certifiable.Select(reconstruction =>
            new ListColumn<RunRow>(reconstruction.Code(), reconstruction.Title(), row => row.VerdictOf(reconstruction)) { IsStandard = true }),
        new("open", "Open datasets", row => row.Open.Count == 0 ? null : string.Join("; ", row.Open.Select(reconstruction => reconstruction.Code()))),
    ];

    public static bool CanSort(string key) => Sorts.Has(key);

    internal static SortTable<Run> Sorts { get; } = new(new Sorting("run", Descending: true), new Dictionary<string, Func<IQueryable<Run>, bool, IOrderedQueryable<Run>>>
    {
        ["run"] = SortColumns.By<Run, int>(run => run.RunNumber),
        ["type"] = SortColumns.By<Run, RunType?>(run => run.Type == null, run => run.Type),
        ["era"] = SortColumns.By<Run, string?>(run => run.Era == null, run => run.Era),
        ["start"] = SortColumns.By<Run, DateTimeOffset?>(run => run.StartTime == null, run => run.StartTime),
        ["end"] = SortColumns.By<Run, DateTimeOffset?>(run => run.EndTime == null, run => run.EndTime),
        ["fill"] = SortColumns.By<Run, int?>(run => run.FillNumber == null, run => run.FillNumber),
        ["fill_type"] = SortColumns.By<Run, string?>(run => run.FillTypeRuntime == null, run => run.FillTypeRuntime),
        ["lumisections"] = SortColumns.By<Run, int?>(run => run.Lumisections == null, run => run.Lumisections),
        ["recorded_lumi_inv_pb"] = SortColumns.By<Run, double?>(run => run.RecordedLumiInvPb == null, run => run.RecordedLumiInvPb),
        ["delivered_lumi_inv_pb"] = SortColumns.By<Run, double?>(run => run.DeliveredLumiInvPb == null, run => run.DeliveredLumiInvPb),
        ["b_field_t"] = SortColumns.By<Run, double?>(run => run.BFieldTesla == null, run => run.BFieldTesla),
        ["energy_gev"] = SortColumns.By<Run, double?>(run => run.EnergyGev == null, run => run.EnergyGev),
        ["hlt_key"] = SortColumns.By<Run, string?>(run => run.HltKey == null, run => run.HltKey),
    });

    internal static IOrderedQueryable<Run> Sort(IQueryable<Run> query, Sorting sorting) =>
        Sorts.Apply(query, sorting).ThenByDescending(run => run.RunNumber);
}
