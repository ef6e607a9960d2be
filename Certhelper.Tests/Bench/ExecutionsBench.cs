using System.Diagnostics;
using System.Globalization;
using Certhelper.Core.Scripts;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Scripts;

namespace Certhelper.Tests.Bench;

/// <summary>Ten scripts print two thousand lines a second each, on the whole stack: what the jobs process needs for that, and whether the database keeps up.</summary>
[Trait("kind", "bench")]
public sealed class ExecutionsBench(KillTests.OwnStack own, ITestOutputHelper output) : IClassFixture<KillTests.OwnStack>
{
    private const int Executions = 10;
    private const int LinesPerSecond = 2_000;
    private const int Seconds = 20;
    private const int Lines = LinesPerSecond * Seconds;
    private const double MostMiB = 400;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_executions_of_two_thousand_lines_a_second_side_by_side()
    {
        var jobs = Processes.IdOf(own.Stack.DataFolder, "jobs");
        var idle = MemoryOf(jobs);
        List<long> ids = [];
        // Different numbers: what is under way with the same values is not started a second time.
        for (var i = 0; i < Executions; i++) ids.Add(await own.StartAsync("practice-talkative", ("lines", (Lines - i).ToString(CultureInfo.InvariantCulture)), ("rate", LinesPerSecond.ToString(CultureInfo.InvariantCulture))));
        var clock = Stopwatch.StartNew();
        var most = idle;
        long side = 0;
        List<Execution> rows = [];
        do
        {
            await Task.Delay(250, Token);
            rows.Clear();
            foreach (var id in ids) rows.Add(await own.ExecutionAsync(id));
            most = Math.Max(most, MemoryOf(jobs));
            side = Math.Max(side, rows.Count(row => row.State == ExecutionState.Running));
        }
        while (rows.Any(row => !row.State.HasEnded()) && clock.Elapsed < TimeSpan.FromMinutes(3));

        var took = rows.Select(row => (row.EndedAt - row.StartedAt)?.TotalSeconds ?? double.NaN).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Executions} executions, {LinesPerSecond} lines a second each for {Seconds} s ({Executions * Lines} lines), {side} side by side:"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  jobs process   {idle:0} MiB before, {most:0} MiB at most"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  from start to the last line kept: {took[0]:0.0} to {took[^1]:0.0} s, {took[^1] / Seconds:0.00} times as long as the scripts print"));
        Assert.All(rows, (row, i) => Assert.Equal((ExecutionState.Succeeded, (long)Lines - i), (row.State, row.LastLine)));
        Assert.Equal(Executions, side);
        Assert.InRange(most, 0, MostMiB);
        // The database keeps up: what is left to write when the scripts end is little.
        Assert.InRange(took[^1] / Seconds, 0, 2);
    }

    private static double MemoryOf(int process) => double.Parse(
        File.ReadAllLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
