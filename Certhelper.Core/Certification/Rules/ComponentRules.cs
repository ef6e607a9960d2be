namespace Certhelper.Core.Certification.Rules;

/// <summary>Whether what is said of the components fits together, and fits the run.</summary>
internal static class ComponentRules
{
    public static IReadOnlyList<LookRule> All { get; } =
    [
        new(
            "tracking-good-strip-bad",
            "Tracking is good while the strip is bad",
            "Tracks are made of strip hits. Ticking low statistics for the strip lifts it.",
            FindingSeverity.Block,
            look => Has(look, Component.Tracking, ComponentVerdict.Good) is not null && Has(look, Component.Strip, ComponentVerdict.Bad) is { LowStatistics: false }
                ? [new Remark("Tracking cannot be good while the strip is bad. Put one of the two right.", nameof(CertificationInput.Tracking))]
                : []),
        new(
            "bad-without-problem",
            "A bad component has no problem",
            "A component is bad and none of its problems is chosen.",
            FindingSeverity.Confirm,
            look => look.Components.Where(item => item.Verdict == ComponentVerdict.Bad && !look.Problems.Any(problem => problem.Component == item.Component))
                .Select(item => new Remark($"{Begin(item)} is bad, and no problem of it is chosen.", nameof(CertificationInput.ProblemIds)))),
        new(
            "good-with-problem",
            "A good component has problems",
            "A component is good although problems of it are chosen.",
            FindingSeverity.Confirm,
            look => look.Components.Where(item => item.Verdict == ComponentVerdict.Good)
                .Select(item => (item, Names: look.Problems.Where(problem => problem.Component == item.Component).Select(problem => problem.Name).Order(StringComparer.Ordinal).ToList()))
                .Where(pair => pair.Names.Count > 0)
                .Select(pair => new Remark($"{Begin(pair.item)} is good, but has {string.Join(", ", pair.Names.Select(name => $"“{name}”"))}.", nameof(CertificationInput.ProblemIds)))),
        new(
            "out-of-run",
            "A component is judged that was not in the run",
            "OMS says that the pixel or the strip tracker did not take part, and it is not excluded.",
            FindingSeverity.Confirm,
            look => look.Components.Where(item => item.Verdict != ComponentVerdict.Excluded && TookPart(look, item.Component) == false)
                .Select(item => new Remark($"OMS says that {Subsystem(item.Component)} was not in the run; here {item.Name} is {item.Words}.", item.Component.ToString()))),
        new(
            "excluded-in-run",
            "A component is excluded that was in the run",
            "OMS says that the pixel or the strip tracker took part, and it is excluded.",
            FindingSeverity.Note,
            look => look.Components.Where(item => item.Verdict == ComponentVerdict.Excluded && TookPart(look, item.Component) == true)
                .Select(item => new Remark($"OMS says that {Subsystem(item.Component)} was in the run; here {item.Name} is excluded.", item.Component.ToString()))),
    ];

    private static ComponentWord? Has(LookCase look, Component component, ComponentVerdict verdict) =>
        look.Components.FirstOrDefault(item => item.Component == component && item.Verdict == verdict);

    private static string Begin(ComponentWord item) => item.Component.ToString();

    /// <summary>Whether OMS lists the subsystem; null when it lists none at all.</summary>
    private static bool? TookPart(LookCase look, Component component)
    {
        if (look.Run is not { Components.Count: > 0 } run) return null;
        var name = Subsystem(component);
        return run.Components.Contains(name, StringComparer.OrdinalIgnoreCase) && !run.ComponentsOut.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    // OMS's TRACKER is the strip tracker; tracks need it.
    private static string Subsystem(Component component) => component == Component.Pixel ? "PIXEL" : "TRACKER";
}
