namespace Certhelper.Core.Reports;

/// <summary>What a period's report says of LHC fills.</summary>
internal static class WeeklyFills
{
    /// <summary>A row for each fill of the certified runs, newest first; fills without colliding bunches are none.</summary>
    public static ReportSection RecordedLuminosity(WeeklyInputs inputs)
    {
        var runs = inputs.Rows.Where(row => row.FillNumber is not null).ToLookup(row => row.FillNumber!.Value, row => row.RunNumber);
        return new ReportSection("recorded-luminosity", "Recorded Luminosity",
        [
            new ReportTable(
                "recorded-luminosity",
                "Recorded luminosity per fill",
                [
                    new("Fill"), new("Run Min"), new("Run Max"),
                    new("Del. Lumi", "pb⁻¹", IsNumber: true), new("Rec. Lumi", "pb⁻¹", IsNumber: true), new("Eff By Lumi", "%", IsNumber: true),
                    new("Peak Lumi", "10³³ cm⁻²s⁻¹", IsNumber: true), new("Peak PU", IsNumber: true), new("Nb. Bunches", IsNumber: true),
                ],
                [
                    .. inputs.Fills.Where(fill => fill.Bunches > 0).OrderByDescending(fill => fill.Number).Select(fill => (IReadOnlyList<ReportCell>)
                    [
                        new CountCell(fill.Number),
                        new CountCell(runs[fill.Number].Min()),
                        new CountCell(runs[fill.Number].Max()),
                        new NumberCell(fill.DeliveredInvPb, 3),
                        new NumberCell(fill.RecordedInvPb, 3),
                        new NumberCell(fill.DeliveredInvPb > 0 ? 100 * fill.RecordedInvPb / fill.DeliveredInvPb : null, 2),
                        new NumberCell(fill.PeakLumiE30 / 1000, 3),
                        new NumberCell(fill.PeakPileup, 3),
                        new CountCell(fill.Bunches),
                    ]),
                ]),
        ]);
    }

    /// <summary>
    /// Fills with their runs, a section for each run type and reconstruction. All runs of the fill that are known and of that
    /// type are listed; the certified ones are marked as good or bad, the others as not certified.
    /// </summary>
    public static IEnumerable<ReportSection> Runs(WeeklyInputs inputs, IReadOnlyList<WeeklyGroup> groups)
    {
        if (inputs.Rows.Count == 0) yield break;
        foreach (var group in groups)
        {
            var certified = inputs.Rows.Where(group.Has).ToList();
            var marks = certified.ToDictionary(row => row.RunNumber, row => row.Mark);
            List<IReadOnlyList<ReportCell>> rows =
            [
                .. certified.Select(row => row.FillNumber).OfType<int>().Distinct().OrderDescending().Select(fill => (IReadOnlyList<ReportCell>)
                [
                    new CountCell(fill),
                    new RunsCell(
                    [
                        .. inputs.RunsOfFills.Where(run => run.FillNumber == fill && run.Type == group.Type)
                            .OrderByDescending(run => run.RunNumber)
                            .Select(run => new MarkedRun(run.RunNumber, marks.GetValueOrDefault(run.RunNumber, RunMark.NotCertified))),
                    ]),
                ]),
            ];
            if (certified.Where(row => row.FillNumber is null).OrderByDescending(row => row.RunNumber).Select(row => row.Marked).ToList() is { Count: > 0 } without)
                rows.Add([new TextCell("no fill"), new RunsCell(without)]);
            var key = $"fills-{Key(group)}";
            yield return new ReportSection(key, $"List of LHC Fills - {group.Title}",
            [
                new ReportTable(key, $"LHC fills with their runs, {group.Title}; runs in brackets are not certified", [new("Fill"), new("Runs")], rows),
            ]);
        }
    }

    public static string Key(WeeklyGroup group) => group.Title.ToLowerInvariant().Replace(' ', '-');
}
