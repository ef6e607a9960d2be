using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Checklists;

/// <summary>A list of things to look at before a verdict. What it says is in its versions.</summary>
public sealed class Checklist
{
    public int Id { get; init; }

    /// <summary>Short name in addresses and code: <c>general</c>, <c>trackermap</c>, <c>pixel</c>, <c>sistrip</c>, <c>tracking</c>, <c>shiftleader</c>.</summary>
    public required string Key { get; init; }

    public required string Title { get; set; }

    /// <summary>The component it belongs to; null for one of the whole run.</summary>
    public Component? Component { get; set; }

    /// <summary>Whether it belongs on the certify form; the shift leader's own does not.</summary>
    public bool OnForm { get; set; }

    /// <summary>Order on the form.</summary>
    public int Position { get; set; }

    /// <summary>Neither shown nor asked for since then.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>Row version; guards title and place against lost updates.</summary>
    public uint RowVersion { get; set; }

    public List<ChecklistVersion> Versions { get; } = [];
}

/// <summary>One version of a checklist. Never changed: a change makes the next one.</summary>
public sealed class ChecklistVersion
{
    public int Id { get; init; }

    public int ChecklistId { get; init; }

    public Checklist? Checklist { get; init; }

    /// <summary>Counts from 1; the highest is the one in use.</summary>
    public required int Number { get; init; }

    public required ChecklistContent Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for what came with the installation.</summary>
    public int? CreatedById { get; init; }

    public User? CreatedBy { get; init; }

    /// <summary>What changed and why.</summary>
    public string? Note { get; init; }
}

/// <summary>What a version says. Texts are Markdown; links may hold <c>{run}</c>, <c>{fill}</c>, <c>{dataset}</c>, <c>{reconstruction}</c> and <c>{reference}</c>.</summary>
public sealed record ChecklistContent
{
    /// <summary>Above the groups.</summary>
    public string Description { get; init; } = "";

    public List<ChecklistGroup> Groups { get; init; } = [];

    /// <summary>Below the groups.</summary>
    public string Afterword { get; init; } = "";

    /// <summary>Reconstructions it is asked for; empty means all.</summary>
    public List<Reconstruction> Reconstructions { get; init; } = [];

    /// <summary>Run types it is asked for; empty means all.</summary>
    public List<RunType> RunTypes { get; init; } = [];

    /// <summary>Whether it is asked for. A run of undecided type is asked what collisions are asked: the strict way.</summary>
    public bool AppliesTo(Reconstruction reconstruction, RunType? type) =>
        (Reconstructions.Count == 0 || Reconstructions.Contains(reconstruction))
        && (RunTypes.Count == 0 || RunTypes.Contains(type ?? RunType.Collisions));
}

/// <summary>Items under one heading.</summary>
public sealed record ChecklistGroup
{
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    public List<ChecklistItem> Items { get; init; } = [];
}

/// <summary>How an item is answered.</summary>
public enum ChecklistItemKind
{
    Tick,
    Number,
    Choice,
}

/// <summary>One thing to look at.</summary>
public sealed record ChecklistItem
{
    /// <summary>Unique within the checklist and kept from version to version, so that answers can be compared.</summary>
    public required string Key { get; init; }

    public required string Text { get; init; }

    public ChecklistItemKind Kind { get; init; }

    public bool Required { get; init; } = true;

    /// <summary>May be answered with "not applicable" and a reason.</summary>
    public bool AllowsNotApplicable { get; init; }

    /// <summary>Smallest number that can be; what is good or bad is the verdict's business.</summary>
    public double? Min { get; init; }

    /// <summary>Largest number that can be.</summary>
    public double? Max { get; init; }

    /// <summary>Unit of the number.</summary>
    public string? Unit { get; init; }

    public List<string> Choices { get; init; } = [];
}

/// <summary>What somebody answered to one item for one certification.</summary>
public sealed class ChecklistAnswer
{
    public int Id { get; init; }

    public int CertificationId { get; init; }

    public required int ChecklistVersionId { get; init; }

    public ChecklistVersion? ChecklistVersion { get; init; }

    public required string ItemKey { get; init; }

    /// <summary><c>yes</c> for a tick, the number, or the choice; null when not applicable.</summary>
    public string? Value { get; set; }

    /// <summary>Why the item does not apply; null when it does.</summary>
    public string? NotApplicableBecause { get; set; }

    public required int ById { get; set; }

    public User? By { get; set; }

    public required DateTimeOffset At { get; set; }
}
