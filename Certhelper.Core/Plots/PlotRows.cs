using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Plots;

/// <summary>What was certified for one day of one reconstruction, run type, era and verdict.</summary>
/// <param name="Exact">Recorded luminosity, pb⁻¹, summed exactly, so that no order of the rows matters.</param>
/// <param name="Beyond">Recorded luminosity outside of what a decimal holds, pb⁻¹: nonsense, but summed all the same.</param>
/// <param name="WithoutLuminosity">Certifications of runs whose luminosity nobody has said; they count as 0.</param>
public sealed record PlotRow(
    DateOnly Day, Reconstruction Reconstruction, RunType? Type, string? Era, bool Good, int Count, decimal Exact, double Beyond, int WithoutLuminosity,
    int PixelGood, int PixelJudged, int StripGood, int StripJudged, int TrackingGood, int TrackingJudged)
{
    /// <summary>pb⁻¹.</summary>
    public double Luminosity => (double)Exact + Beyond;

    /// <summary>Certifications in which a component is acceptable, and in which it took part.</summary>
    public (int Good, int Judged) Of(Component component) => component switch
    {
        Component.Pixel => (PixelGood, PixelJudged),
        Component.Strip => (StripGood, StripJudged),
        Component.Tracking => (TrackingGood, TrackingJudged),
    };
}

/// <summary>Certifications of one day that name a problem of a component.</summary>
public sealed record ProblemRow(DateOnly Day, Component Component, int Count);

/// <summary>Certifications that were made so many whole minutes after the end of the run; null when the end is not known.</summary>
public sealed record WaitRow(int? Minutes, int Count);

/// <summary>What all plots are made of, grouped by the database.</summary>
public sealed record PlotRows(IReadOnlyList<PlotRow> Days, IReadOnlyList<ProblemRow> Problems, IReadOnlyList<WaitRow> Waits)
{
    // Decimals of PostgreSQL are longer than ours; the sum of what is smaller than this, to nine places, fits.
    private const double MostExact = 1e15;

    /// <summary>Three statements, whatever the size.</summary>
    /// <param name="selection">Certifications.</param>
    public static async Task<PlotRows> ReadAsync(IQueryable<TrackerCertification> selection, CancellationToken cancellationToken) => new(
        await DaysAsync(selection, cancellationToken),
        await selection.SelectMany(item => item.Problems, (item, problem) => new { item.Date, problem.Component, item.Id })
            .GroupBy(row => new { row.Date, row.Component })
            .Select(group => new ProblemRow(group.Key.Date, group.Key.Component, group.Select(row => row.Id).Distinct().Count()))
            .ToListAsync(cancellationToken),
        await WaitsAsync(selection, cancellationToken));

    // A component counts as good as in the verdict: good, or marked as low statistics. One that did not take part says nothing.
    private static async Task<IReadOnlyList<PlotRow>> DaysAsync(IQueryable<TrackerCertification> selection, CancellationToken cancellationToken)
    {
        var rows = selection.Select(VerdictRule.Good.With((TrackerCertification item, bool good) => new
        {
            item.Date,
            item.RunReconstruction!.Reconstruction,
            item.RunReconstruction.Run!.Type,
            item.RunReconstruction.Run.Era,
            Good = good,
            Lumi = item.RunReconstruction.Run.RecordedLumiInvPb,
            PixelGood = item.Pixel == ComponentVerdict.Good || item.PixelLowStatistics,
            PixelOut = item.Pixel == ComponentVerdict.Excluded && !item.PixelLowStatistics,
            StripGood = item.Strip == ComponentVerdict.Good || item.StripLowStatistics,
            StripOut = item.Strip == ComponentVerdict.Excluded && !item.StripLowStatistics,
            TrackingGood = item.Tracking == ComponentVerdict.Good || item.TrackingLowStatistics,
            TrackingOut = item.Tracking == ComponentVerdict.Excluded && !item.TrackingLowStatistics,
        }));
        return await rows.GroupBy(row => new { row.Date, row.Reconstruction, row.Type, row.Era, row.Good })
            .Select(group => new PlotRow(
                group.Key.Date, group.Key.Reconstruction, group.Key.Type, group.Key.Era, group.Key.Good,
                group.Count(),
                group.Sum(row => row.Lumi > -MostExact && row.Lumi < MostExact ? Math.Round((decimal)row.Lumi.Value, 9) : 0m),
                group.Sum(row => row.Lumi <= -MostExact || row.Lumi >= MostExact ? row.Lumi.Value : 0.0),
                group.Count(row => row.Lumi == null),
                group.Count(row => row.PixelGood),
                group.Count(row => !row.PixelOut),
                group.Count(row => row.StripGood),
                group.Count(row => !row.StripOut),
                group.Count(row => row.TrackingGood),
                group.Count(row => !row.TrackingOut)))
            .ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<WaitRow>> WaitsAsync(IQueryable<TrackerCertification> selection, CancellationToken cancellationToken)
    {
        var waits = await selection
            .Select(item => new { Minutes = (int?)Math.Floor((item.CreatedAt - item.RunReconstruction!.Run!.EndTime)!.Value.TotalMinutes) })
            .GroupBy(row => row.Minutes)
            .Select(group => new WaitRow(group.Key, group.Count()))
            .ToListAsync(cancellationToken);
        return waits;
    }
}
