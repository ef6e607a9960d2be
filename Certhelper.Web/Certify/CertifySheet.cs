using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;

namespace Certhelper.Web.Certify;

/// <summary>What another reconstruction of the same run is certified as.</summary>
public sealed record Sibling(int CertificationId, Reconstruction Reconstruction, bool Good, string OwnerName);

/// <summary>Everything beside the fields that the form shows.</summary>
public sealed record CertifySheet(
    int RunNumber,
    Reconstruction Reconstruction,
    FactsResult Facts,
    DatasetsResult Datasets,
    IReadOnlyList<ReferenceAdvice> References,
    IReadOnlyList<BadReason> BadReasons,
    IReadOnlyList<Sibling> Siblings)
{
    /// <summary>The checklists that are asked for.</summary>
    public IReadOnlyList<AskedChecklist> Checklists { get; init; } = [];

    /// <summary>The problems that components can have, retired ones included.</summary>
    public IReadOnlyList<ComponentProblem> Problems { get; init; } = [];

    /// <summary>The tracker maps of this reconstruction that are kept here.</summary>
    public required MapSet Maps { get; init; }

    /// <summary>The datasets of this reconstruction.</summary>
    public IEnumerable<RegistryDataset> Own => Datasets.Datasets.Where(dataset => dataset.Reconstruction == Reconstruction);

    /// <summary>Every dataset of the run that can be certified: those of this reconstruction first, open ones before others.</summary>
    public IEnumerable<RegistryDataset> Offered => DatasetRule.InOrder(Datasets.Datasets)
        .Where(dataset => dataset.Reconstruction is { } of && Reconstructions.Certifiable.Contains(of))
        .OrderByDescending(dataset => dataset.Reconstruction == Reconstruction);

    /// <summary><c>380115 express</c>.</summary>
    public string Name => FormattableString.Invariant($"{RunNumber} {Reconstruction.Code()}");

    /// <summary>Under which conditions the run was taken.</summary>
    public RunConditions Conditions => RunConditions.Of(RunNumber, Reconstruction, Facts.Run);

    /// <summary>Whether OMS says that there is no such run, and nobody has vouched for it yet.</summary>
    public bool RunIsInDoubt => Facts is { State: FactsState.UnknownRun, Run: null };
}

/// <summary>The form: what is shown, and what was chosen and typed.</summary>
public sealed record CertifyForm(CertifySheet Sheet, CertificationInput Input, TypedFacts Facts, bool RunConfirmed)
{
    /// <summary>Version of the certification that is changed; null for a new one.</summary>
    public uint? Version { get; init; }

    /// <summary>Number of the revision that is changed.</summary>
    public int? SeenRevision { get; init; }

    /// <summary>Why it is changed.</summary>
    public string? Why { get; init; }

    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public SaveResult.Conflict? Conflict { get; init; }

    /// <summary>What the second look found when it was to be saved; null when it found nothing to ask.</summary>
    public SecondLookPanel? SecondLook { get; init; }

    /// <summary>Name under which the browser keeps what is typed while the server cannot.</summary>
    public required string DraftName { get; init; }

    /// <summary>The viewer's draft that the fields were filled from; null when they were not.</summary>
    public RestoredDraft? Draft { get; init; }

    /// <summary>Somebody else who has taken it; null when nobody has.</summary>
    public LeaseState? TakenBy { get; init; }

    /// <summary>Whether the viewer has taken it.</summary>
    public bool TakenByMe { get; init; }

    /// <summary>Facts that have changed since the certification was saved: title → what it was then.</summary>
    public IReadOnlyDictionary<string, string?> FactsWere { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where a person goes who does not want to save.</summary>
    public required string LeaveTo { get; init; }

    /// <summary>Whether the browser may bring back what only it has: not when the page itself carries what was just typed.</summary>
    public bool BringBackDraft { get; init; }

    public bool IsNew => Version is null;
}

/// <summary>What the second look found, with the reasons that are there already.</summary>
/// <param name="Findings">The gravest first.</param>
/// <param name="Input">Holds the reasons that were just typed.</param>
/// <param name="Before">What was confirmed at earlier saves.</param>
public sealed record SecondLookPanel(IReadOnlyList<Finding> Findings, CertificationInput Input, IReadOnlyList<ConfirmedFinding> Before)
{
    /// <summary>Whether it kept the form from being saved; otherwise a person asked for it.</summary>
    public bool KeptFromSaving { get; init; }

    public IEnumerable<Finding> With(FindingSeverity severity) => Findings.Where(finding => finding.Severity == severity);

    /// <summary>The reason that stands in a finding's field.</summary>
    public string? Reason(Finding finding) => Input.Confirmed.GetValueOrDefault(finding.Rule) ?? SecondLook.Reason(finding, Input, Before);
}

/// <summary>A reference beside the run that it is compared with.</summary>
public sealed record ReferenceCard(RunConditions Run, ReferenceAdvice Advice);

/// <summary>A draft that was brought back.</summary>
/// <param name="At">When it was kept.</param>
/// <param name="IsStale">Whether the certification has been changed since the draft was begun.</param>
public sealed record RestoredDraft(DateTimeOffset At, bool IsStale);
