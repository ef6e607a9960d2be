using System.Text.Json.Serialization;

namespace Certhelper.Core.Reports;

/// <summary>What a report is about.</summary>
public enum ReportKind
{
    /// <summary>One day of one person, for the ELOG.</summary>
    Daily,

    /// <summary>A period of everybody, mostly a week, for the meeting.</summary>
    Weekly,
}

/// <summary>A report as every renderer gets it: what it says and in which order, never how it looks.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Title">Its title.</param>
/// <param name="Subtitle">The week, or the day and the person.</param>
/// <param name="Period">The days that it is about.</param>
/// <param name="Lines">What stands below the title.</param>
/// <param name="Sections">Its parts in order.</param>
public sealed record ReportDocument(
    ReportKind Kind, string Title, string Subtitle, Period Period, IReadOnlyList<TitleLine> Lines, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>Whether filters leave something out.</summary>
    [JsonIgnore]
    public bool IsNarrowed => Lines.Any(line => line.IsNarrowing);

    /// <summary>The same with what people typed at its notes; parts that are left out when nothing is typed are gone.</summary>
    public ReportDocument With(IReadOnlyDictionary<string, string> notes) => this with
    {
        Lines = [.. Lines.Select(line => line.NoteKey is { } key ? line with { Text = notes.GetValueOrDefault(key) ?? line.Text } : line)],
        Sections =
        [
            .. Sections
                .Select(section => section with
                {
                    Blocks = [.. section.Blocks.Select(block => block is Note note ? note with { Text = notes.GetValueOrDefault(note.Key) } : block)],
                })
                .Where(section => !section.OmitWhenEmpty || section.Blocks.Any(block => block is not Note { Text: null or "" })),
        ],
    };

    /// <summary>Everything that people may type, in order.</summary>
    public IEnumerable<(string Section, Note Note)> Notes() => Lines
        .Where(line => line.NoteKey is not null).Select(line => ("Title", new Note(line.NoteKey!, line.Label)))
        .Concat(Sections.SelectMany(section => section.Blocks.OfType<Note>().Select(note => (section.Title, note))));
}

/// <summary>A line below the title: <c>Shifters: …</c>.</summary>
/// <param name="Label">What it says of.</param>
/// <param name="Text">What it says.</param>
/// <param name="NoteKey">The note that takes its place once typed; null when nobody types it.</param>
public sealed record TitleLine(string Label, string Text, string? NoteKey = null)
{
    private const string Only = "Only";

    /// <summary>Whether it says that the report leaves something out.</summary>
    [JsonIgnore]
    public bool IsNarrowing => Label == Only;

    /// <summary>The line that says what narrows a report; none when nothing does.</summary>
    internal static IEnumerable<TitleLine> Narrowed(string words) => words.Length == 0 ? [] : [new TitleLine(Only, words)];
}

/// <summary>A part of a report; in a presentation it begins a slide.</summary>
/// <param name="Key">Its name in addresses; unique in the report.</param>
/// <param name="Title">Its title.</param>
/// <param name="Blocks">What it holds, in order.</param>
public sealed record ReportSection(string Key, string Title, IReadOnlyList<ReportBlock> Blocks)
{
    /// <summary>The line that begins it in plain text, where readers expect exactly that one; null for the usual one.</summary>
    public string? PlainHeading { get; init; }

    /// <summary>Whether plain text has no empty lines in it.</summary>
    public bool Tight { get; init; }

    /// <summary>Whether it is left out as long as none of its notes is typed.</summary>
    public bool OmitWhenEmpty { get; init; }
}

/// <summary>How a run stands in a list; said in words and marks, and coloured where there are colours.</summary>
public enum RunMark
{
    /// <summary>Nothing is said of it.</summary>
    None,
    Good,
    Bad,
    NotCertified,
}

/// <summary>A run in a list.</summary>
public sealed record MarkedRun(int Number, RunMark Mark);
