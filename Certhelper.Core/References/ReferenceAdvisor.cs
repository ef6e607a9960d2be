using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.References;

/// <summary>Whether a reason speaks for a reference.</summary>
public enum AdviceKind
{
    For,
    Neutral,
    Against,
}

/// <summary>Why a reference stands where it stands, in a few words: <c>12 days older</c>.</summary>
public sealed record AdviceReason(string Words, AdviceKind Kind);

/// <summary>A reference, ranked for a run reconstruction.</summary>
/// <param name="Candidate">The reference.</param>
/// <param name="Rank">From 1 on.</param>
/// <param name="Score">0 to 100: the share of the weights that it earns.</param>
/// <param name="SameType">Whether both are known to be of the same run type.</param>
/// <param name="Suits">Whether it may be proposed: same type, meant for such runs, not retired, another run.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
public sealed record ReferenceAdvice(
    ReferenceCandidate Candidate, int Rank, double Score, bool SameType, bool Suits, IReadOnlyList<AdviceReason> Reasons)
{
    public int Id => Candidate.Id;

    /// <summary>The reasons as one line.</summary>
    public string InWords => string.Join(", ", Reasons.Select(reason => reason.Words));
}

/// <summary>
/// Ranks references for a run reconstruction by how alike the conditions were. The run type comes first, then what the
/// reference is meant for; the rest is a sum of weights, which the page of rules shows. What is unknown earns nothing.
/// </summary>
public sealed class ReferenceAdvisor(IOptions<CertificationOptions> options)
{
    private const int EnoughLumisections = 100;
    private const double PileupReach = 20;
    private const double AgeReachDays = 365;

    /// <summary>One thing that is compared.</summary>
    /// <param name="Title">What.</param>
    /// <param name="Weight">What full likeness earns.</param>
    /// <param name="OfBeams">Whether it means nothing without beams.</param>
    /// <param name="Compare">The share earned and the words; null when a side is unknown. The run first, then the reference.</param>
    public sealed record Criterion(string Title, int Weight, bool OfBeams, Func<RunConditions, RunConditions, CertificationOptions, Likeness?> Compare);

    /// <summary>How alike two values are.</summary>
    /// <param name="Share">0 to 1.</param>
    /// <param name="Words">For people.</param>
    /// <param name="Kind">How it reads.</param>
    public sealed record Likeness(double Share, string Words, AdviceKind Kind);

    /// <summary>What is compared, the weightiest first.</summary>
    public static IReadOnlyList<Criterion> Criteria { get; } =
    [
        new("Same reconstruction", 20, false, (run, its, _) => run.Reconstruction == its.Reconstruction
            ? Same($"also {its.Reconstruction.Code()}")
            : Other($"{its.Reconstruction.Code()}, not {run.Reconstruction.Code()}")),
        new("Same B field", 20, false, (run, its, limits) => (run.BFieldTesla, its.BFieldTesla) is not ({ } mine, { } other) ? null
            : RunConditions.SameField(mine, other, limits.BFieldToleranceTesla) == true ? Same(Tesla(other)) : Other($"{Tesla(other)} instead of {Tesla(mine)}")),
        new("Same era", 15, false, (run, its, _) => (run.Era, its.Era) is not ({ } mine, { } other) ? null
            : mine.Equals(other, StringComparison.OrdinalIgnoreCase) ? Same("same era") : Other($"era {other} instead of {mine}")),
        new("Same beam energy, within 1 %", 10, true, (run, its, _) => (run.EnergyGev, its.EnergyGev) is not ({ } mine, { } other) ? null
            : Math.Abs(mine - other) <= 0.01 * Math.Max(mine, other) ? Same($"{Number(other, "#,0")} GeV") : Other($"{Number(other, "#,0")} GeV instead of {Number(mine, "#,0")}")),
        new("Same filling scheme, or colliding bunches alike", 10, true, Filling),
        new("Same APV mode", 10, false, (run, its, _) => (run.ApvMode, its.ApvMode) is not ({ } mine, { } other) ? null
            : mine == other ? Same($"{Mode(other)} mode") : Other($"{Mode(other)} mode instead of {Mode(mine)}")),
        new($"Pile-up alike, within {PileupReach}", 10, true, (run, its, _) => (run.PeakPileup, its.PeakPileup) is not ({ } mine, { } other) ? null
            : Graded(1 - (Math.Abs(mine - other) / PileupReach), $"pile-up {Number(other, "0")} vs {Number(mine, "0")}")),
        new($"Little time between the two, within {AgeReachDays} days", 10, false, (run, its, _) => (run.StartTime, its.StartTime) is not ({ } mine, { } other) ? null
            : Graded(1 - (Math.Abs((mine - other).TotalDays) / AgeReachDays), Apart(mine - other))),
        new($"{EnoughLumisections} lumisections or more", 5, false, (_, its, _) => its.Lumisections is not { } count ? null
            : Graded((double)count / EnoughLumisections, count < EnoughLumisections ? $"only {count} LS" : Number(count, "#,0") + " LS")),
        new("Not taken later than the run", 5, false, (run, its, _) => (run.StartTime, its.StartTime) is not ({ } mine, { } other) ? null
            : new Likeness(other <= mine ? 1 : 0, "", AdviceKind.Neutral)),
    ];

    /// <summary>All candidates, the best first. The same input gives the same order, whatever the order of the candidates.</summary>
    public IReadOnlyList<ReferenceAdvice> Rank(RunConditions run, IEnumerable<ReferenceCandidate> candidates) =>
    [
        .. candidates.Select(candidate => Judge(run, candidate))
            .OrderByDescending(advice => advice.Suits)
            .ThenByDescending(advice => advice.SameType)
            .ThenBy(advice => run.Type is not null && advice.Candidate.Conditions.Type is { } type && type != run.Type)
            .ThenByDescending(advice => advice.Score)
            .ThenBy(advice => Distance(run, advice.Candidate.Conditions))
            .ThenByDescending(advice => advice.Candidate.Conditions.RunNumber)
            .ThenBy(advice => advice.Id)
            .Select((advice, index) => advice with { Rank = index + 1 }),
    ];

    private ReferenceAdvice Judge(RunConditions run, ReferenceCandidate candidate)
    {
        var its = candidate.Conditions;
        var reasons = new List<AdviceReason>();
        var sameType = run.Type is { } type && its.Type == type;
        if (run.Type is not null && its.Type is not null && !sameType)
            reasons.Add(new AdviceReason($"{its.Type.ToString()!.ToLowerInvariant()}, not {run.Type.ToString()!.ToLowerInvariant()}", AdviceKind.Against));
        if (candidate.RetiredAt is not null) reasons.Add(new AdviceReason("retired", AdviceKind.Against));
        if (run.RunNumber == its.RunNumber) reasons.Add(new AdviceReason("the same run", AdviceKind.Against));
        if (candidate.Validity.Objection(run) is { } objection) reasons.Add(new AdviceReason(objection, AdviceKind.Against));
        var suits = sameType && reasons.Count == 0;

        double earned = 0;
        double possible = 0;
        foreach (var criterion in Criteria.Where(criterion => !criterion.OfBeams || run.Type != RunType.Cosmics))
        {
            possible += criterion.Weight;
            if (criterion.Compare(run, its, options.Value) is not { } likeness) continue;
            earned += criterion.Weight * Math.Clamp(likeness.Share, 0, 1);
            if (likeness.Words.Length > 0) reasons.Add(new AdviceReason(likeness.Words, likeness.Kind));
        }

        return new ReferenceAdvice(candidate, 0, Math.Round(100 * earned / possible, 1), sameType, suits, reasons);
    }

    private static Likeness? Filling(RunConditions run, RunConditions its, CertificationOptions limits)
    {
        if (run.InjectionScheme is { } scheme && scheme == its.InjectionScheme) return Same("same filling scheme");
        if ((run.BunchesColliding, its.BunchesColliding) is not ({ } mine, { } other)) return null;
        if (mine == other) return Same($"{Number(other, "#,0")} bunches");
        return Graded((double)Math.Min(mine, other) / Math.Max(mine, other), $"{Number(other, "#,0")} bunches vs {Number(mine, "#,0")}");
    }

    private static TimeSpan Distance(RunConditions run, RunConditions its) =>
        (run.StartTime, its.StartTime) is ({ } mine, { } other) ? (mine - other).Duration() : TimeSpan.MaxValue;

    private static Likeness Same(string words) => new(1, words, AdviceKind.For);

    private static Likeness Other(string words) => new(0, words, AdviceKind.Against);

    private static Likeness Graded(double share, string words) =>
        new(share, words, share switch { >= 0.75 => AdviceKind.For, >= 0.4 => AdviceKind.Neutral, _ => AdviceKind.Against });

    private static string Apart(TimeSpan older)
    {
        var days = (int)Math.Round(older.TotalDays);
        return days switch
        {
            0 => "the same day",
            1 or -1 => "1 day " + (days > 0 ? "older" : "younger"),
            _ => $"{Number(Math.Abs(days), "#,0")} days {(days > 0 ? "older" : "younger")}",
        };
    }

    private static string Tesla(double value) => Number(value, "0.0#") + " T";

    private static string Mode(ApvMode mode) => mode.ToString().ToLowerInvariant();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
