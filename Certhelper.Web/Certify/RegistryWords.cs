namespace Certhelper.Web.Certify;

/// <summary>What the Run Registry says of lumisections, in words.</summary>
public static class RegistryWords
{
    /// <summary><c>662 good, 31 standby</c>: the most frequent first.</summary>
    public static string Of(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts
        .Where(count => count.Value > 0).OrderByDescending(count => count.Value)
        .Select(count => FormattableString.Invariant($"{count.Value} {count.Key.ToLowerInvariant()}")));
}
