namespace Certhelper.Standins.Generate;

/// <summary>Cosmics runs in the pauses between fills: their numbers are free between the numbers of the fills' runs, all else is derived.</summary>
internal static class CosmicsBetweenFills
{
    private const int MinimumPauseHours = 3;

    /// <returns>The run, and the window of the derived fill in which it lies when the pause has fill numbers of its own.</returns>
    public static IEnumerable<(PlannedRun Run, DateTimeOffset FillStart, DateTimeOffset FillEnd, bool OwnFill)> Between(
        IReadOnlyList<FillExport> block, int atMost)
    {
        var found = 0;
        for (var i = 1; i < block.Count && found < atMost; i++)
        {
            var (before, after) = (block[i - 1], block[i]);
            var free = after.Runs[0] - before.Runs[^1];
            var pause = after.Begin - before.End;
            if (free < 3 || pause.TotalHours < MinimumPauseHours || pause.TotalDays > 4) continue;

            var number = before.Runs[^1] + (free / 2);
            var ownFill = after.Number - before.Number > 1 && after.Created - before.End > TimeSpan.FromHours(2);
            var start = ownFill ? before.End.AddMinutes(25) : after.Created.AddMinutes(8);
            var end = ownFill ? after.Created.AddMinutes(-10) : after.Begin.AddMinutes(-25);
            var available = (int)((end - start).TotalSeconds / PlannedRun.LumisectionSeconds);
            var length = Math.Min(Draw.Int(number, 1, 90, 620), available);
            if (length < 60) continue;

            found++;
            var run = new PlannedRun(number, length, start)
            {
                Cosmics = true,
                Fill = after,
                FillNumber = ownFill ? before.Number + 1 : after.Number,
                Delivered = 0,
                Recorded = 0,
                InitLumi = 0,
                EndLumi = 0,
            };
            yield return (run, before.End.AddMinutes(5), after.Created, ownFill);
        }
    }
}
