using System.Text.Json.Serialization;

namespace Certhelper.Core.Reports;

/// <summary>A piece of a section.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Heading), "heading")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Lines), "lines")]
[JsonDerivedType(typeof(Bullets), "bullets")]
[JsonDerivedType(typeof(RunLine), "runs")]
[JsonDerivedType(typeof(ReportTable), "table")]
[JsonDerivedType(typeof(ReportChart), "chart")]
[JsonDerivedType(typeof(Note), "note")]
public abstract record ReportBlock;

/// <summary>A title inside a section; belongs to what follows.</summary>
public sealed record Heading(string Text) : ReportBlock;

/// <summary>A sentence or two.</summary>
public sealed record Paragraph(string Text) : ReportBlock;

/// <summary>Short lines, one below the other.</summary>
public sealed record Lines(IReadOnlyList<string> Texts) : ReportBlock;

/// <summary>A list of points.</summary>
public sealed record Bullets(IReadOnlyList<BulletItem> Items) : ReportBlock;

/// <summary>A point.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Runs">Runs that it names, after the text.</param>
/// <param name="Items">Points below it.</param>
public sealed record BulletItem(string Text, IReadOnlyList<MarkedRun>? Runs = null, IReadOnlyList<BulletItem>? Items = null);

/// <summary>Runs of one kind: <c>Good: 1 2 3</c>.</summary>
/// <param name="Label">What they are.</param>
/// <param name="Runs">In the order in which they are shown.</param>
public sealed record RunLine(string Label, IReadOnlyList<MarkedRun> Runs) : ReportBlock;

/// <summary>What a person types; kept beside the report and put in when it is drawn.</summary>
/// <param name="Key">Unique in the report.</param>
/// <param name="Label">What it is about; null when the section's title says it.</param>
/// <param name="Text">What was typed; null in what is stored.</param>
public sealed record Note(string Key, string? Label, string? Text = null) : ReportBlock;

/// <summary>A table. It is a file of its own in CSV.</summary>
/// <param name="Name">Its name as a file, unique in the report: <c>recorded-luminosity</c>.</param>
/// <param name="Caption">What it shows; for readers who come to it alone.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each with a cell for each column.</param>
public sealed record ReportTable(
    string Name, string Caption, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportBlock;

/// <summary>A column.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Unit">The unit of its numbers, where they do not carry their own.</param>
/// <param name="IsNumber">Whether numbers stand below each other.</param>
/// <param name="PlainWidth">Where plain text wraps, characters; null when it does not.</param>
public sealed record ReportColumn(string Title, string? Unit = null, bool IsNumber = false, int? PlainWidth = null)
{
    /// <summary>Head and unit: <c>Rec. Lumi (pb⁻¹)</c>.</summary>
    [JsonIgnore]
    public string Head => Unit is null ? Title : $"{Title} ({Unit})";
}

/// <summary>What stands in a cell.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(TextCell), "text")]
[JsonDerivedType(typeof(CountCell), "count")]
[JsonDerivedType(typeof(NumberCell), "number")]
[JsonDerivedType(typeof(LuminosityCell), "luminosity")]
[JsonDerivedType(typeof(MarkCell), "mark")]
[JsonDerivedType(typeof(RunsCell), "runs")]
public abstract record ReportCell;

/// <summary>Words.</summary>
public sealed record TextCell(string? Text) : ReportCell;

/// <summary>A number of things, a run or a fill.</summary>
public sealed record CountCell(long? Value) : ReportCell;

/// <summary>A measured number in the unit of its column.</summary>
public sealed record NumberCell(double? Value, int Decimals) : ReportCell;

/// <summary>An integrated luminosity; written in the unit that suits it.</summary>
/// <param name="InversePicobarn">In pb⁻¹; null when nobody knows.</param>
public sealed record LuminosityCell(double? InversePicobarn) : ReportCell;

/// <summary>Words that say good or bad.</summary>
public sealed record MarkCell(string Text, RunMark Mark) : ReportCell;

/// <summary>Runs.</summary>
/// <param name="Runs">In their order.</param>
/// <param name="Bare">Whether the column's head says how they stand, so that no words need to.</param>
public sealed record RunsCell(IReadOnlyList<MarkedRun> Runs, bool Bare = false) : ReportCell;

/// <summary>How a chart is drawn.</summary>
public enum ChartKind
{
    /// <summary>A bar for each category; series stand on each other.</summary>
    StackedBars,

    /// <summary>A line for each series.</summary>
    Lines,
}

/// <summary>A chart; the table that stands beside it holds the same numbers.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">How.</param>
/// <param name="Unit">The unit of its values; empty for counts.</param>
/// <param name="Categories">Along the horizontal axis.</param>
/// <param name="Series">With a value for each category.</param>
public sealed record ReportChart(string Title, ChartKind Kind, string Unit, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series) : ReportBlock;

/// <summary>Values that belong together.</summary>
public sealed record ChartSeries(string Name, RunMark Mark, IReadOnlyList<double> Values);
