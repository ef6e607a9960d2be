using System.Globalization;
using System.Text;

namespace Certhelper.Core.Lists;

/// <summary>A part of a filter in words.</summary>
/// <param name="Name">The parameter that it is about.</param>
/// <param name="Words">What it asks for.</param>
/// <param name="Rest">What remains of the parameter without this part; null or empty when nothing does.</param>
public sealed record FilterPart(string Name, string Words, string? Rest);

/// <summary>What every filter of a list is: read from an address, said in words, and the key of what is kept about it.</summary>
public abstract class ListFilter
{
    private readonly IReadOnlyDictionary<string, string> used;
    private readonly DateOnly today;

    protected ListFilter(FilterReader reader, DayRange days, DateOnly today)
    {
        used = reader.Used;
        Problems = reader.Problems;
        Days = days;
        this.today = today;
    }

    /// <summary>What could not be understood; then the list shows nothing, because it would show the wrong things.</summary>
    public IReadOnlyList<FilterProblem> Problems { get; }

    public DayRange Days { get; }

    public bool IsEmpty => used.Count == 0;

    /// <summary>What was asked, to fill the form with.</summary>
    public string? this[string name] => used.GetValueOrDefault(name);

    /// <summary>Whether a value of a parameter is chosen.</summary>
    public bool Has(string name, string value) => Values(name).Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything that decides what the list holds, in one order. A named range of days means other days tomorrow.</summary>
    public string Key
    {
        get
        {
            var key = new StringBuilder();
            foreach (var (name, value) in used) key.Append(name).Append('=').Append(value).Append('\n');
            return key.Append(used.ContainsKey("when") ? today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "").ToString();
        }
    }

    /// <summary>The filter in words, part by part.</summary>
    /// <param name="names">Names of things that the address names by number: parameter and value.</param>
    public IEnumerable<FilterPart> Parts(Func<string, string, string?> names)
    {
        foreach (var (name, value) in used)
        {
            if (!IsSeveral(name))
            {
                yield return new FilterPart(name, Say(name, value), null);
                continue;
            }

            var values = Values(name);
            foreach (var one in values) yield return new FilterPart(name, Say(name, names(name, one) ?? one), string.Join(',', values.Where(other => other != one)));
        }
    }

    protected abstract IReadOnlyList<FilterParameter> Known { get; }

    protected abstract string Say(string name, string value);

    /// <summary>The words that both lists use.</summary>
    protected static string SayRun(string name, string value) => name switch
    {
        "from" => "Since " + value,
        "to" => "Until " + value,
        "when" => value.Replace('-', ' '),
        "runs" => "Runs " + value,
        "era" => "Era " + value,
        "fill" => "Fill " + value,
        "bfield" => $"B {value} T",
        "energy" => $"Energy {value} GeV",
        "filltype" => "Fill type " + value,
        "reconstruction" => value,
        _ => $"{name} {value}",
    };

    private bool IsSeveral(string name) => Known.Any(parameter => parameter.Name == name && parameter.Several);

    private string[] Values(string name) =>
        used.GetValueOrDefault(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
