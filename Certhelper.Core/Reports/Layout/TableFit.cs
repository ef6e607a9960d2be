namespace Certhelper.Core.Reports;

/// <summary>Finds the widths of a table's columns, wraps its cells, and parts it where pages end.</summary>
internal sealed class TableFit
{
    private const double Padding = 2 * PageShape.CellPadding;

    private readonly ReportTable table;
    private readonly PageShape shape;
    private readonly double[] widths;

    public TableFit(ReportTable table, PageShape shape)
    {
        this.table = table;
        this.shape = shape;
        widths = Widths();
    }

    public void Put(PageFiller filler)
    {
        var head = Row([.. table.Columns.Select(column => (IReadOnlyList<Span>)[new Span(column.Head, true, shape.Palette.Ink)])], isHead: true);
        if (table.Rows.Count == 0)
        {
            filler.RoomForTable(head.Height + shape.RowHeight(1));
            filler.AddTable(table, widths, [head, Row([.. table.Columns.Select((_, at) => (IReadOnlyList<Span>)[new Span(at == 0 ? "none" : "", false, shape.Palette.Soft)])], isHead: false)], isLast: true);
            return;
        }

        var room = filler.RoomForTable(head.Height + shape.RowHeight(1));
        var waiting = new Queue<TableRow>(table.Rows.Select(row => Row([.. row.Select(cell => Flow.Cell(cell, shape.Palette))], isHead: false)));
        TableRow? rest = null;
        while (waiting.Count > 0 || rest is not null)
        {
            List<TableRow> rows = [head];
            var left = room - head.Height;
            while (waiting.Count > 0 || rest is not null)
            {
                var next = rest ?? waiting.Peek();
                if (next.Height <= left + 0.01)
                {
                    if (rest is null) waiting.Dequeue();
                    rest = null;
                    rows.Add(next);
                    left -= next.Height;
                    continue;
                }

                // A row that no page holds is parted; another one begins the next page.
                if (next.Height > shape.Height - head.Height && left >= shape.RowHeight(3))
                {
                    if (rest is null) waiting.Dequeue();
                    var lines = Math.Max(1, (int)Math.Floor((left - PageShape.CellPadding + 0.01) / (shape.TableSize * PageShape.LineHeight)));
                    rows.Add(Part(next, 0, lines));
                    rest = Part(next, lines, int.MaxValue);
                }

                break;
            }

            // A page that holds nothing but the head would never end.
            if (rows.Count == 1)
            {
                rows.Add(rest ?? waiting.Dequeue());
                rest = null;
            }

            var isLast = waiting.Count == 0 && rest is null;
            filler.AddTable(table, widths, rows, isLast);
            room = shape.Height;
        }
    }

    private TableRow Row(IReadOnlyList<IReadOnlyList<Span>> cells, bool isHead)
    {
        IReadOnlyList<IReadOnlyList<IReadOnlyList<Span>>> lines = [.. cells.Select((spans, at) => SpanWrap.Wrap(spans, (widths[at] - Padding) / shape.Spare, shape.TableSize))];
        return new TableRow(lines, shape.RowHeight(lines.Max(cell => cell.Count)), isHead);
    }

    private TableRow Part(TableRow row, int from, int count)
    {
        IReadOnlyList<IReadOnlyList<IReadOnlyList<Span>>> cells = [.. row.Cells.Select(cell => (IReadOnlyList<IReadOnlyList<Span>>)[.. cell.Skip(from).Take(count)])];
        return new TableRow(cells, shape.RowHeight(Math.Max(1, cells.Max(cell => cell.Count))), false);
    }

    /// <summary>As wide as the widest cell where the page allows it; else columns give way, but not below their longest word.</summary>
    private double[] Widths()
    {
        double[] wanted = [.. table.Columns.Select((_, at) => Widest(at, line => [line]))];
        var excess = wanted.Sum() - shape.Width;
        if (excess <= 0) return wanted;

        double[] least = [.. table.Columns.Select((_, at) => Math.Min(Widest(at, line => line.Split(' ')), shape.Width / 3))];
        var mayGive = wanted.Zip(least, (most, few) => Math.Max(0, most - few)).ToArray();
        var share = mayGive.Sum() > 0 ? Math.Min(1, excess / mayGive.Sum()) : 0;
        double[] given = [.. wanted.Zip(mayGive, (width, may) => width - share * may)];
        // Where not even the words fit, they are cut.
        var rest = shape.Width / given.Sum();
        return rest < 1 ? [.. given.Select(width => width * rest)] : given;
    }

    private double Widest(int column, Func<string, string[]> parts)
    {
        var head = parts(table.Columns[column].Head).Max(part => Wide(part, true));
        var cells = table.Rows.Select(row => Lines(row[column]).SelectMany(parts).Max(part => Wide(part, row[column] is MarkCell or RunsCell))).DefaultIfEmpty().Max();
        return Padding + 1 + shape.Spare * Math.Max(head, cells);
    }

    private static string[] Lines(ReportCell cell) => CellText.Of(cell).ReplaceLineEndings("\n").Split('\n');

    private double Wide(string text, bool bold) => ReportFonts.Width(text, shape.TableSize, bold);
}
