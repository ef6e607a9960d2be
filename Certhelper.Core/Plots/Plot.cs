using Certhelper.Core.Reports;

namespace Certhelper.Core.Plots;

/// <summary>A plot, and the table that holds the same numbers.</summary>
/// <param name="Kind">Its name in addresses and files.</param>
/// <param name="Counted">What is counted, in a sentence or two.</param>
/// <param name="Figure">What is drawn.</param>
/// <param name="Table">Its numbers.</param>
/// <param name="Nothing">Why it is empty and what helps; null when it is not.</param>
public sealed record Plot(string Kind, string Counted, ChartFigure Figure, ReportTable Table, string? Nothing)
{
    public string Title => Figure.Title;
}
