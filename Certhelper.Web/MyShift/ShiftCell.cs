using Certhelper.Core.Runs;
using Certhelper.Web.Lists;

namespace Certhelper.Web.MyShift;

/// <summary>How a reconstruction of a run stands for the viewer.</summary>
public enum CellState
{
    /// <summary>The Run Registry waits for it and nobody has begun.</summary>
    New,

    /// <summary>The Run Registry waits for it, but what it is judged by is not all there yet.</summary>
    Incomplete,

    /// <summary>The viewer has typed something and not saved it.</summary>
    Draft,

    /// <summary>The viewer has taken it.</summary>
    TakenByMe,

    /// <summary>Somebody else has taken it.</summary>
    TakenByOther,

    /// <summary>The viewer has certified it.</summary>
    Mine,

    /// <summary>Somebody else has certified it.</summary>
    Certified,

    /// <summary>The Run Registry is not ready for it, or done with it.</summary>
    NotOpen,
}

/// <summary>One reconstruction of one run on the board.</summary>
/// <param name="Reconstruction">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="RegistryWords">The Run Registry's state in words.</param>
public sealed record ShiftCell(Reconstruction Reconstruction, CellState State, string RegistryWords)
{
    /// <summary>How many datasets of this reconstruction the registry has; all are offered on the form.</summary>
    public int Datasets { get; init; }

    /// <summary>What is not there yet; null unless the data are incomplete.</summary>
    public string? Lacks { get; init; }

    public int? CertificationId { get; init; }

    /// <summary>Who certified it.</summary>
    public string? ByName { get; init; }

    /// <summary>What changed after it was certified, in words; null when nothing did.</summary>
    public string? Changed { get; init; }

    /// <summary>Who has taken it; null when nobody has.</summary>
    public string? HolderName { get; init; }

    /// <summary>Whether that is the viewer.</summary>
    public bool HeldByMe { get; init; }

    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>When the viewer's draft was kept last; null without one.</summary>
    public DateTimeOffset? DraftAt { get; init; }

    /// <summary>Whether it can be certified by the viewer now.</summary>
    public bool ToDo => State is CellState.New or CellState.Incomplete or CellState.Draft or CellState.TakenByMe or CellState.TakenByOther;
}

/// <summary>One run on the board.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Type">Its type.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="EndTime">When it ended.</param>
/// <param name="Lumisections">How many.</param>
/// <param name="RecordedLumiInvPb">Recorded luminosity, pb⁻¹.</param>
/// <param name="WaitingSince">Since when the oldest open reconstruction waits; null when none does.</param>
/// <param name="FetchedAt">When the Run Registry was asked.</param>
/// <param name="Cells">Its reconstructions.</param>
public sealed record ShiftRow(
    int RunNumber, RunType? Type, DateTimeOffset? StartTime, DateTimeOffset? EndTime, int? Lumisections, double? RecordedLumiInvPb,
    DateTimeOffset? WaitingSince, DateTimeOffset FetchedAt, IReadOnlyDictionary<Reconstruction, ShiftCell> Cells)
{
    /// <summary>The columns of a board: those of reconstructions in which no run has anything only take room.</summary>
    public static IReadOnlyList<Reconstruction> Columns(IEnumerable<ShiftRow> rows) =>
    [
        .. Reconstructions.Certifiable.Where(column =>
            column is Reconstruction.Express or Reconstruction.Prompt || rows.Any(row => row.Cells.ContainsKey(column))),
    ];
}

/// <summary>A row with the columns it is drawn in.</summary>
public sealed record ShiftRowView(ShiftRow Row, IReadOnlyList<Reconstruction> Columns);

/// <summary>Something that the viewer has typed and not saved.</summary>
public sealed record KeptDraft(int RunNumber, Reconstruction Reconstruction, DateTimeOffset At);

/// <summary>What My shift shows of the Run Registry and of the viewer's own work.</summary>
public sealed record Board(PageOf<ShiftRow> Page, IReadOnlyList<KeptDraft> Drafts);
