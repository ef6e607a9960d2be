namespace Certhelper.Core.Runs;

/// <summary>Where the facts of an answer stand.</summary>
public enum FactsState
{
    /// <summary>As stored earlier; OMS was not asked.</summary>
    Stored,

    /// <summary>OMS answered just now.</summary>
    Fresh,

    /// <summary>OMS could not be asked; what is stored, if anything, is older.</summary>
    Unavailable,

    /// <summary>OMS answered and knows no such run.</summary>
    UnknownRun,
}

/// <summary>The facts of a run, as good as they could be had in time.</summary>
/// <param name="Run">The run with its fill, not tracked; null when nothing is known of it.</param>
/// <param name="State">Where the facts stand.</param>
/// <param name="Problem">What went wrong, in words for people; null when nothing did.</param>
public sealed record FactsResult(Run? Run, FactsState State, string? Problem);
