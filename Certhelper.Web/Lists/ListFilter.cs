using System.Text;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Lists;

/// <summary>What every filter of a list is: read from an address, named in chips, and the key of what is kept about it.</summary>
public abstract class ListFilter
{
    private readonly IReadOnlyDictionary<string, string> used;
    private readonly DateOnly today;

    private protected ListFilter(FilterReader reader, DayRange days, DateOnly today)
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
    internal string Key
    {
        get
        {
            var key = new StringBuilder();
            foreach (var (name, value) in used) key.Append(name).Append('=').Append(value).Append('\n');
            return key.Append(used.ContainsKey("when") ? Clock.Iso(today) : "").ToString();
        }
    }

    /// <summary>The filter in words, each part with the list without it.</summary>
    /// <param name="names">Names of things that the address names by number: parameter and value.</param>
    public IEnumerable<FilterChip> Chips(HttpRequest request, Func<string, string, string?> names)
    {
        foreach (var (name, value) in used)
        {
            if (!IsSeveral(name))
            {
                yield return new FilterChip(Say(name, value), request.With((name, null))) { Name = name };
                continue;
            }

            var values = Values(name);
            foreach (var one in values)
                yield return new FilterChip(Say(name, names(name, one) ?? one), request.With((name, string.Join(',', values.Where(other => other != one))))) { Name = name };
        }
    }

    private protected abstract IReadOnlyList<FilterParameter> Known { get; }

    private protected abstract string Say(string name, string value);

    /// <summary>The words that both lists use.</summary>
    private protected static string SayRun(string name, string value) => name switch
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
