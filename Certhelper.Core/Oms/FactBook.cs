using Certhelper.Core.Runs;

namespace Certhelper.Core.Oms;

/// <summary>
/// Writes facts of one run or fill together with where they come from. The one place that holds the rule that no
/// machine overwrites what a person typed.
/// </summary>
internal readonly struct FactBook(Dictionary<string, FactOrigin> origins, FactOrigin origin)
{
    /// <summary>Writes the value unless a person typed the one that stands.</summary>
    /// <param name="fact">The property's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="write">Puts it into the property.</param>
    public void Write<T>(string fact, T value, Action<T> write)
    {
        if (origin.Source != FactSource.Person && IsTyped(fact)) return;
        write(value);
        origins[fact] = origin;
    }

    private bool IsTyped(string fact) => origins.TryGetValue(fact, out var standing) && standing.Source == FactSource.Person;
}
