namespace Certhelper.Core.Reports;

/// <summary>Something with its place on a page, in points from the upper edge of what may be written on.</summary>
internal abstract record Placed(double Y, double Height);

/// <summary>Lines of one paragraph, or of its part on this page.</summary>
internal sealed record PlacedText(double Y, double Height, FlowText Of, IReadOnlyList<IReadOnlyList<Span>> Lines, bool IsBegin) : Placed(Y, Height);

internal sealed record PlacedTable(double Y, double Height, ReportTable Of, IReadOnlyList<double> Widths, IReadOnlyList<TableRow> Rows) : Placed(Y, Height);

internal sealed record PlacedChart(double Y, double Height, double Width, ReportChart Of) : Placed(Y, Height);

/// <summary>A row of a table, or its part on this page; each cell with its lines.</summary>
internal sealed record TableRow(IReadOnlyList<IReadOnlyList<IReadOnlyList<Span>>> Cells, double Height, bool IsHead);

/// <summary>What pages of an output are like, in points.</summary>
/// <param name="Width">Of what may be written on.</param>
/// <param name="Height">Of what may be written on.</param>
/// <param name="TextSize">Of letters in paragraphs.</param>
/// <param name="TableSize">Of letters in tables.</param>
/// <param name="Palette">Colours.</param>
/// <param name="ChartWidth">Of a chart: two of them, one below the other, fit on a page.</param>
/// <param name="Spare">How much wider than ours the letters may turn out to be, where somebody else draws them.</param>
internal sealed record PageShape(double Width, double Height, double TextSize, double TableSize, Palette Palette, double ChartWidth, double Spare)
{
    public const double LineHeight = 1.3;
    public const double CellPadding = 4;

    public double Indent(int depth) => depth * TextSize * 1.4;

    public double RowHeight(int lines) => lines * TableSize * LineHeight + CellPadding;
}

/// <summary>
/// Puts things on pages so that nothing runs over their edge: paragraphs and rows go on where the page ends, tables repeat
/// their head, charts move to the next page.
/// </summary>
internal sealed class PageFiller(PageShape shape)
{
    private readonly List<List<Placed>> pages = [[]];
    private double y;

    /// <summary>The pages; at least one, which may be empty.</summary>
    public static IReadOnlyList<IReadOnlyList<Placed>> Fill(IEnumerable<FlowItem> items, PageShape shape)
    {
        var filler = new PageFiller(shape);
        List<FlowItem> all = [.. items];
        for (var at = 0; at < all.Count; at++)
        {
            if (all[at] is FlowText { KeepsWithNext: true }) filler.Make(filler.Together(all, at));
            filler.Put(all[at]);
        }

        return filler.pages;
    }

    private double Left => shape.Height - y;

    private double Gap => pages[^1].Count == 0 ? 0 : shape.TextSize * 0.45;

    private void Make(double height)
    {
        if (pages[^1].Count > 0 && Gap + height > Left) NextPage();
    }

    private void NextPage()
    {
        pages.Add([]);
        y = 0;
    }

    private void Put(FlowItem item)
    {
        switch (item)
        {
            case FlowText text:
                Put(text);
                break;
            case FlowTable table:
                new TableFit(table.Table, shape).Put(this);
                break;
            case FlowChart chart:
                var height = shape.ChartWidth * ChartDrawing.Height / ChartDrawing.Width;
                Make(height);
                Add(new PlacedChart(y + Gap, height, shape.ChartWidth, chart.Chart));
                break;
        }
    }

    private IReadOnlyList<IReadOnlyList<Span>> LinesOf(FlowText text) =>
        SpanWrap.Wrap(text.Spans, (shape.Width - shape.Indent(text.Depth)) / shape.Spare, text.Size * shape.TextSize);

    private double LineOf(FlowText text) => text.Size * shape.TextSize * PageShape.LineHeight;

    private double HeightOf(FlowItem item) => item is FlowText text ? LinesOf(text).Count * LineOf(text) : 0;

    /// <summary>What must be on one page: titles that follow each other, and the begin of what they are the titles of.</summary>
    private double Together(List<FlowItem> all, int from)
    {
        var height = 0.0;
        for (var at = from; at < all.Count; at++)
        {
            if (all[at] is not FlowText { KeepsWithNext: true }) return height + shape.TextSize * 0.45 + LeastOf(all[at]);
            height += HeightOf(all[at]) + shape.TextSize * 0.45;
        }

        return height;
    }

    private double LeastOf(FlowItem item) => item switch
    {
        FlowTable => 3 * shape.RowHeight(1),
        FlowChart => Math.Min(shape.Height * 0.8, shape.ChartWidth * ChartDrawing.Height / ChartDrawing.Width),
        FlowText text => 2 * LineOf(text),
        _ => 0,
    };

    private void Put(FlowText text)
    {
        var lines = LinesOf(text);
        for (var at = 0; at < lines.Count;)
        {
            var fits = (int)Math.Floor((Left - Gap + 0.01) / LineOf(text));
            if (fits < 1)
            {
                NextPage();
                continue;
            }

            List<IReadOnlyList<Span>> those = [.. lines.Skip(at).Take(fits)];
            Add(new PlacedText(y + Gap, those.Count * LineOf(text), text, those, at == 0));
            at += those.Count;
            if (at < lines.Count) NextPage();
        }
    }

    /// <summary>How high a table may be that begins here.</summary>
    internal double RoomForTable(double least)
    {
        Make(least);
        return Left - Gap;
    }

    internal void AddTable(ReportTable table, IReadOnlyList<double> widths, IReadOnlyList<TableRow> rows, bool isLast)
    {
        Add(new PlacedTable(y + Gap, rows.Sum(row => row.Height), table, widths, rows));
        if (!isLast) NextPage();
    }

    private void Add(Placed placed)
    {
        pages[^1].Add(placed);
        y = placed.Y + placed.Height;
    }
}
