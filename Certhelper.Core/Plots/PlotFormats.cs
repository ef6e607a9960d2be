using System.Text;
using Certhelper.Core.Reports;

namespace Certhelper.Core.Plots;

/// <summary>Files that a plot can be kept as.</summary>
public static class PlotFormats
{
    /// <summary>Their extensions.</summary>
    public static IReadOnlyList<string> All { get; } = ["svg", "png", "csv"];

    /// <summary>The file; null when there is no such format.</summary>
    public static (byte[] Bytes, string MediaType)? Render(Plot plot, string extension) => extension switch
    {
        "svg" => (Encoding.UTF8.GetBytes(ChartSvg.Render(plot.Figure, plot.Counted, plot.Kind, forPage: false)), "image/svg+xml"),
        "png" => (PlotPng.Render(plot.Figure), "image/png"),
        "csv" => (Encoding.UTF8.GetBytes(CsvTables.Table(plot.Table)), "text/csv; charset=utf-8; header=present"),
        _ => null,
    };
}
