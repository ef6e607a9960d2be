using Certhelper.Core.Certification;
using Certhelper.Core.Runs;

namespace Certhelper.Core.RunRegistry;

/// <summary>How what is certified here stands to what the Run Registry says; the larger, the more it asks for somebody.</summary>
public enum Agreement
{
    /// <summary>Both say the same; low statistics agrees with good.</summary>
    Agreed,

    /// <summary>The tracker has not signed the dataset off there, so what it says is not its last word; or it has not even been asked yet.</summary>
    NotSignedOff,

    /// <summary>The Run Registry has a dataset, open for the tracker or signed off, that nobody has certified here.</summary>
    MissingHere,

    /// <summary>The Run Registry has no dataset of it, or no verdict on a component.</summary>
    MissingThere,

    /// <summary>Both say something, and not the same.</summary>
    Differs,
}

/// <summary>What is certified here, as far as the Run Registry knows the like.</summary>
/// <param name="DatasetName">The dataset that was certified; null when none was said.</param>
/// <param name="Type">Null when undecided.</param>
/// <param name="HltKey">Says the type of a run whose class and dataset do not.</param>
public sealed record CertifiedHere(
    int CertificationId, int RunNumber, Reconstruction Reconstruction, string? DatasetName, RunType? Type, string? HltKey,
    ComponentVerdict Pixel, bool PixelLowStatistics, ComponentVerdict Strip, bool StripLowStatistics, ComponentVerdict Tracking, bool TrackingLowStatistics,
    string Shifter)
{
    /// <summary>The verdict on a component and whether it is marked as low statistics.</summary>
    public (ComponentVerdict Verdict, bool LowStatistics) Of(Component component) => component switch
    {
        Component.Pixel => (Pixel, PixelLowStatistics),
        Component.Strip => (Strip, StripLowStatistics),
        Component.Tracking => (Tracking, TrackingLowStatistics),
    };
}

/// <summary>The run type on both sides.</summary>
/// <param name="Ours">Null when undecided or not certified.</param>
/// <param name="Theirs">Null when neither class nor name says it.</param>
/// <param name="Agreement">Null when there is nothing to compare.</param>
/// <param name="Why">The reason in words; null when both agree.</param>
public sealed record ComparedType(RunType? Ours, RunType? Theirs, Agreement? Agreement, string? Why);

/// <summary>One component on both sides.</summary>
/// <param name="Ours">Null when it is not certified here.</param>
/// <param name="Theirs">By the majority of the judged lumisections; null when there is no such verdict.</param>
/// <param name="Why">The reason in words; null when both agree.</param>
public sealed record ComparedComponent(
    Component Component, ComponentVerdict? Ours, bool LowStatistics, RegistryOpinion? Theirs, Agreement Agreement, string? Why);

/// <summary>One run reconstruction on both sides.</summary>
/// <param name="Ours">Null when nobody has certified it here.</param>
/// <param name="Theirs">Null when the Run Registry has no dataset of it.</param>
/// <param name="Agreement">The worst of all cells.</param>
/// <param name="Why">The reasons in words, the worst first; empty when both agree.</param>
public sealed record ComparedRun(
    int RunNumber, Reconstruction Reconstruction, CertifiedHere? Ours, RegistryDataset? Theirs, Agreement Agreement,
    ComparedType Type, IReadOnlyList<ComparedComponent> Components, IReadOnlyList<string> Why)
{
    /// <summary>What people call it.</summary>
    public string Name => FormattableString.Invariant($"{RunNumber} {Reconstruction.Code()}");
}
