using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Reports;

/// <summary>Cells and runs as words.</summary>
public static class CellText
{
    /// <summary>What a cell says to people.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="ascii">Whether only ASCII is wanted, as in the ELOG.</param>
    public static string Of(ReportCell cell, bool ascii = false) => cell switch
    {
        TextCell text => text.Text ?? "",
        CountCell count => count.Value?.ToString(CultureInfo.InvariantCulture) ?? "–".Plain(ascii),
        NumberCell { Value: { } value } number => value.ToString("F" + number.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        NumberCell => "–".Plain(ascii),
        LuminosityCell luminosity => Luminosity(luminosity.InversePicobarn, ascii),
        MarkCell mark => mark.Text,
        RunsCell runs => string.Join('\n', Groups(runs).Select(group => group.Label is null ? group.Runs : $"{group.Label}: {group.Runs}")),
        _ => throw new NotSupportedException($"A cell of type {cell.GetType()} has no words."),
    };

    /// <summary>What a cell holds, for programs: no unit, no rounding; luminosities in pb⁻¹.</summary>
    public static string Raw(ReportCell cell) => cell switch
    {
        NumberCell number => number.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        LuminosityCell luminosity => luminosity.InversePicobarn?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        CountCell count => count.Value?.ToString(CultureInfo.InvariantCulture) ?? "",
        RunsCell runs => string.Join(' ', runs.Runs.Select(run => Number(run) + (run.Mark == RunMark.None ? "" : ":" + Word(run.Mark).ToLowerInvariant().Replace(' ', '-')))),
        _ => Of(cell),
    };

    public static string Luminosity(double? inversePicobarn, bool ascii) =>
        ascii ? LuminosityText.Ascii(inversePicobarn) : LuminosityText.Report(inversePicobarn);

    public static string Number(MarkedRun run) => run.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The runs of a cell by how they stand: a word before each group, so that colour is never all that tells them apart.</summary>
    public static IEnumerable<(string? Label, RunMark Mark, string Runs)> Groups(RunsCell cell) =>
        Groups(cell.Runs).Select(group => (cell.Bare || group.Mark == RunMark.None ? null : group.Label, group.Mark, group.Runs));

    /// <summary>Runs of several kinds in groups: <c>Good: 1 2</c>, <c>Bad: 3</c>. Nothing for no runs.</summary>
    public static IEnumerable<(string Label, RunMark Mark, string Runs)> Groups(IReadOnlyList<MarkedRun> runs)
    {
        foreach (var mark in new[] { RunMark.Good, RunMark.Bad, RunMark.NotCertified, RunMark.None })
        {
            var those = runs.Where(run => run.Mark == mark).ToList();
            if (those.Count > 0) yield return (Word(mark), mark, string.Join(' ', those.Select(Number)));
        }
    }

    public static string Word(RunMark mark) => mark switch
    {
        RunMark.Good => "Good",
        RunMark.Bad => "Bad",
        RunMark.NotCertified => "Not certified",
        RunMark.None => "Runs",
    };

    /// <summary>Units and dashes that the ELOG may not know.</summary>
    public static string Plain(this string text, bool ascii = true) => !ascii ? text : text
        .Replace("pb⁻¹", "/pb", StringComparison.Ordinal).Replace("µb⁻¹", "/ub", StringComparison.Ordinal)
        .Replace("10³³ cm⁻²s⁻¹", "1e33 cm^-2 s^-1", StringComparison.Ordinal)
        .Replace("→", "->", StringComparison.Ordinal).Replace('–', '-').Replace('·', '-');
}
