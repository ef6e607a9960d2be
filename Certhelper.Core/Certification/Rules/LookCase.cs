using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;

namespace Certhelper.Core.Certification.Rules;

/// <summary>What is said of one component.</summary>
public sealed record ComponentWord(Component Component, ComponentVerdict Verdict, bool LowStatistics)
{
    /// <summary><c>strip</c>.</summary>
    public string Name => Component.ToString().ToLowerInvariant();

    /// <summary><c>good, low statistics</c>.</summary>
    public string Words => CertificationFields.Words(Verdict, LowStatistics);

    /// <summary>Those that have been chosen.</summary>
    public static IReadOnlyList<ComponentWord> Of(CertificationInput input) =>
    [
        .. Of(Component.Pixel, input.Pixel, input.PixelLowStatistics),
        .. Of(Component.Strip, input.Strip, input.StripLowStatistics),
        .. Of(Component.Tracking, input.Tracking, input.TrackingLowStatistics),
    ];

    public static IReadOnlyList<ComponentWord> Of(TrackerCertification item) =>
    [
        new(Component.Pixel, item.Pixel, item.PixelLowStatistics),
        new(Component.Strip, item.Strip, item.StripLowStatistics),
        new(Component.Tracking, item.Tracking, item.TrackingLowStatistics),
    ];

    private static IEnumerable<ComponentWord> Of(Component component, ComponentVerdict? verdict, bool lowStatistics) =>
        verdict is { } said && Enum.IsDefined(said) ? [new ComponentWord(component, said, lowStatistics)] : [];
}

/// <summary>Another reconstruction of the run, as it is certified.</summary>
/// <param name="Reconstruction">Which.</param>
/// <param name="Components">What is said of it.</param>
/// <param name="Owner">Name of the person who certified it.</param>
/// <param name="Date">The day it counts for.</param>
/// <param name="Facts">The facts that it was based on; empty when they were not kept.</param>
public sealed record SiblingCase(
    Reconstruction Reconstruction, IReadOnlyList<ComponentWord> Components, string Owner, DateOnly Date, IReadOnlyList<EvidenceFact> Facts);

/// <summary>The reference that was chosen.</summary>
/// <param name="Conditions">Under which it was taken.</param>
/// <param name="Validity">What it is meant for.</param>
/// <param name="IsRetired">Whether it has been taken out of the choice.</param>
/// <param name="IsGood">Whether it is certified as good today.</param>
public sealed record ReferenceCase(RunConditions Conditions, ReferenceValidity Validity, bool IsRetired, bool IsGood)
{
    /// <summary><c>321123 express</c>.</summary>
    public string Name => Conditions.Name;
}

/// <summary>A certification about to be saved, with everything that rules compare it with. Rules read no more than this.</summary>
public sealed record LookCase(CertificationInput Input, RunConditions Conditions, CertificationOptions Options)
{
    /// <summary>Whether what is changed was saved without a reference: nobody is asked about that twice.</summary>
    public bool HadNoReference { get; init; }

    /// <summary>Null when nobody has told anything of the run.</summary>
    public Run? Run { get; init; }

    public IReadOnlyList<ComponentWord> Components { get; } = ComponentWord.Of(Input);

    /// <summary>The problems that were chosen.</summary>
    public IReadOnlyList<ComponentProblem> Problems { get; init; } = [];

    public IReadOnlyList<SiblingCase> Siblings { get; init; } = [];

    /// <summary>The tracker maps of it that are kept here; null when nobody has looked.</summary>
    public MapSet? Maps { get; init; }

    /// <summary>The dataset that is judged: the one chosen, or the only one of this reconstruction; null when it is open which.</summary>
    public RegistryDataset? Dataset { get; init; }

    /// <summary>Null when none was chosen.</summary>
    public ReferenceCase? Reference { get; init; }

    /// <summary>Whether there is a reference of the run's type that could be chosen.</summary>
    public bool ReferencesExist { get; init; }
}
