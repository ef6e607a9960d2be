namespace Certhelper.Core.Certification.Rules;

/// <summary>Every rule of the second look, by what it is about.</summary>
public static class LookRules
{
    public static IReadOnlyList<(string Title, IReadOnlyList<LookRule> Rules)> Groups { get; } =
    [
        ("Components", ComponentRules.All),
        ("Other reconstructions and Run Registry", ComparisonRules.All),
        ("Reference", ReferenceRules.All),
        ("Run", RunRules.All),
    ];

    public static IReadOnlyList<LookRule> All { get; } = [.. Groups.SelectMany(group => group.Rules)];

    /// <summary>The rule with this key; null for one that is gone.</summary>
    public static LookRule? Find(string key) => All.FirstOrDefault(rule => rule.Key == key);
}
