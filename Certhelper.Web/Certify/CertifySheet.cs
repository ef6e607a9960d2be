using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;

namespace Certhelper.Web.Certify;

/// <summary>A reference as the form offers it.</summary>
public sealed record ReferenceChoice(
    int Id, int RunNumber, Reconstruction Reconstruction, RunType? Type, string? Era, double? BFieldTesla, double? EnergyGev, int? Lumisections, bool IsRetired)
{
    /// <summary>What a person needs to choose it.</summary>
    public string Label => string.Join(" · ", new[]
    {
        FormattableString.Invariant($"{RunNumber} {Reconstruction.Code()}"),
        Type?.ToString().ToLowerInvariant(),
        Era,
        BFieldTesla is { } tesla ? FormattableString.Invariant($"{tesla:0.0#} T") : null,
        EnergyGev is { } energy ? FormattableString.Invariant($"{energy:0} GeV") : null,
        Lumisections is { } sections ? FormattableString.Invariant($"{sections} LS") : null,
        IsRetired ? "retired" : null,
    }.OfType<string>());
}

/// <summary>What another reconstruction of the same run is certified as.</summary>
public sealed record Sibling(int CertificationId, Reconstruction Reconstruction, bool Good, string OwnerName);

/// <summary>Everything beside the fields that the form shows.</summary>
public sealed record CertifySheet(
    int RunNumber,
    Reconstruction Reconstruction,
    FactsResult Facts,
    DatasetsResult Datasets,
    IReadOnlyList<ReferenceChoice> References,
    IReadOnlyList<BadReason> BadReasons,
    IReadOnlyList<Sibling> Siblings)
{
    /// <summary>The checklists that are asked for.</summary>
    public IReadOnlyList<AskedChecklist> Checklists { get; init; } = [];

    /// <summary>The problems that components can have, retired ones included.</summary>
    public IReadOnlyList<ComponentProblem> Problems { get; init; } = [];

    /// <summary>The datasets of this reconstruction.</summary>
    public IEnumerable<RegistryDataset> Own => Datasets.Datasets.Where(dataset => dataset.Reconstruction == Reconstruction);

    /// <summary><c>380115 express</c>.</summary>
    public string Name => FormattableString.Invariant($"{RunNumber} {Reconstruction.Code()}");

    /// <summary>Whether OMS says that there is no such run, and nobody has vouched for it yet.</summary>
    public bool RunIsInDoubt => Facts is { State: FactsState.UnknownRun, Run: null };
}

/// <summary>The form: what is shown, and what was chosen and typed.</summary>
public sealed record CertifyForm(CertifySheet Sheet, CertificationInput Input, TypedFacts Facts, bool RunConfirmed)
{
    /// <summary>Version of the certification that is changed; null for a new one.</summary>
    public uint? Version { get; init; }

    /// <summary>Why it is changed.</summary>
    public string? Why { get; init; }

    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public SaveResult.Conflict? Conflict { get; init; }

    /// <summary>Name under which the browser keeps what is typed until it is saved.</summary>
    public required string DraftName { get; init; }

    /// <summary>Where a person goes who does not want to save.</summary>
    public required string LeaveTo { get; init; }

    /// <summary>Whether the browser may bring back a draft: not when the page itself carries what was just typed.</summary>
    public bool BringBackDraft { get; init; }

    public bool IsNew => Version is null;
}
