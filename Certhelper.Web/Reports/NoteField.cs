namespace Certhelper.Web.Reports;

/// <summary>A note of a report as its form has it.</summary>
public sealed class NoteField
{
    public string Key { get; set; } = "";

    public string? Text { get; set; }

    /// <summary>The part of the report that it stands in; not from the form.</summary>
    public string Section { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>What somebody else saved meanwhile, where it differs; null where it does not.</summary>
    public string? Theirs { get; set; }
}
