namespace Certhelper.Core.Reports;

/// <summary>A thing that follows the one before it down the page.</summary>
internal abstract record FlowItem;

/// <summary>A paragraph.</summary>
/// <param name="Spans">Its words.</param>
/// <param name="Size">Of the letters, relative to the text of the page.</param>
/// <param name="Depth">How deep in a list; 0 is no list.</param>
/// <param name="KeepsWithNext">Whether it may not be the last on a page.</param>
/// <param name="Level">Of a heading, 1 for the title of everything; 0 is no heading.</param>
internal sealed record FlowText(IReadOnlyList<Span> Spans, double Size = 1, int Depth = 0, bool KeepsWithNext = false, int Level = 0) : FlowItem;

internal sealed record FlowTable(ReportTable Table) : FlowItem;

internal sealed record FlowChart(ReportChart Chart) : FlowItem;

/// <summary>The colours of an output for how runs stand.</summary>
internal sealed record Palette(string Good, string Bad, string Ink, string Soft)
{
    public static Palette Paper { get; } = new(ReportColours.Good, ReportColours.Bad, ReportColours.Ink, ReportColours.Soft);

    /// <summary>Those that leaders' slides have always had.</summary>
    public static Palette Slides { get; } = new("#008000", "#ff0000", "#000000", "#595959");

    public string Of(RunMark mark) => mark switch
    {
        RunMark.Good => Good,
        RunMark.Bad => Bad,
        RunMark.NotCertified => Soft,
        RunMark.None => Ink,
    };
}

/// <summary>Turns sections into things that flow.</summary>
internal static class Flow
{
    public static IEnumerable<FlowItem> Of(ReportSection section, Palette palette) => section.Blocks.SelectMany(block => Of(block, palette));

    private static IEnumerable<FlowItem> Of(ReportBlock block, Palette palette)
    {
        switch (block)
        {
            case Heading heading:
                yield return new FlowText([new(heading.Text, true, palette.Ink)], 1.1, KeepsWithNext: true, Level: 3);
                break;
            case Paragraph paragraph:
                yield return new FlowText([new(paragraph.Text, false, palette.Ink)]);
                break;
            case Lines below:
                foreach (var line in below.Texts) yield return new FlowText([new(line, false, palette.Ink)]);
                break;
            case Bullets bullets:
                foreach (var item in bullets.Items.SelectMany(item => Of(item, 1, palette))) yield return item;
                break;
            case RunLine runs:
                yield return new FlowText([new(runs.Label + ":", false, palette.Ink), .. Runs(runs.Runs, palette)]);
                break;
            case Note { Label: null, Text: null or "" }:
                break;
            case Note note:
                var lines = (note.Text ?? "").ReplaceLineEndings("\n").Trim('\n').Split('\n');
                yield return new FlowText([.. note.Label is { } label ? [new Span(label + ":", true, palette.Ink)] : Array.Empty<Span>(), new(" " + lines[0], false, palette.Ink)]);
                foreach (var line in lines.Skip(1)) yield return new FlowText([new(line, false, palette.Ink)]);
                break;
            case ReportTable table:
                yield return new FlowTable(table);
                break;
            case ReportChart chart:
                yield return new FlowText([new(chart.Title, true, palette.Ink)], 1.1, KeepsWithNext: true, Level: 3);
                yield return new FlowChart(chart);
                break;
        }
    }

    private static IEnumerable<FlowItem> Of(BulletItem item, int depth, Palette palette)
    {
        yield return new FlowText(
            [
                new(item.Text, false, palette.Ink),
                .. CellText.Groups(item.Runs ?? []).Select(group => new Span($" {group.Label}: {group.Runs}", group.Mark is RunMark.Good or RunMark.Bad, palette.Of(group.Mark))),
            ],
            Depth: depth);
        foreach (var below in (item.Items ?? []).SelectMany(below => Of(below, depth + 1, palette))) yield return below;
    }

    private static IEnumerable<Span> Runs(IReadOnlyList<MarkedRun> runs, Palette palette) => runs.GroupBy(run => run.Mark)
        .Select(group => new Span(" " + string.Join(' ', group.Select(CellText.Number)), group.Key is RunMark.Good or RunMark.Bad, palette.Of(group.Key)));

    /// <summary>What stands in a cell.</summary>
    public static IReadOnlyList<Span> Cell(ReportCell cell, Palette palette) => cell switch
    {
        MarkCell mark => [new(mark.Text, mark.Mark is RunMark.Good or RunMark.Bad, palette.Of(mark.Mark))],
        RunsCell runs =>
        [
            .. CellText.Groups(runs).SelectMany((group, at) => new[]
            {
                new Span((at > 0 ? "\n" : "") + (group.Label is null ? "" : group.Label + ": ") + group.Runs, group.Mark is RunMark.Good or RunMark.Bad, palette.Of(group.Mark)),
            }),
        ],
        _ => [new(CellText.Of(cell), false, palette.Ink)],
    };
}
