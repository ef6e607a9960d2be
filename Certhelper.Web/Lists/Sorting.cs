namespace Certhelper.Web.Lists;

/// <summary>By which column a list is sorted; in the URL <c>run</c> or <c>-run</c>.</summary>
public sealed record Sorting(string Key, bool Descending)
{
    /// <summary>How the URL says it.</summary>
    public override string ToString() => Descending ? "-" + Key : Key;
}

/// <summary>The columns by which a list can be sorted. A key that it does not know means the default.</summary>
public sealed class SortTable<T>(Sorting standard, IReadOnlyDictionary<string, Func<IQueryable<T>, bool, IOrderedQueryable<T>>> columns)
{
    /// <summary>Whether there is such a column.</summary>
    public bool Has(string key) => columns.ContainsKey(key);

    /// <summary>What an address asks for; the standard when it asks for nothing that exists.</summary>
    public Sorting Parse(string? text)
    {
        var key = text?.TrimStart('-') ?? "";
        return columns.ContainsKey(key) ? new Sorting(key, text!.StartsWith('-')) : standard;
    }

    public IOrderedQueryable<T> Apply(IQueryable<T> query, Sorting sorting) => columns[sorting.Key](query, sorting.Descending);
}
