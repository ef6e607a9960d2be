namespace Certhelper.Web.Lists;

/// <summary>A column of a list: on the page, in exports.</summary>
/// <param name="Key">In addresses, and the column's name in CSV and JSON: lower case, with the unit where it has one.</param>
/// <param name="Title">Its head.</param>
/// <param name="Value">What it holds: text, number, day, moment, yes and no, or JSON.</param>
public sealed record ListColumn<TRow>(string Key, string Title, Func<TRow, object?> Value) : IListColumn
{
    public string? Unit { get; init; }

    public bool IsNumber { get; init; }

    /// <summary>Shown when nobody has chosen.</summary>
    public bool IsStandard { get; init; }

    /// <summary>Whether the first click on the head sorts the largest to the top.</summary>
    public bool LargestFirst { get; init; }
}

/// <summary>What the column menu and a table's head need to know of a column.</summary>
public interface IListColumn
{
    string Key { get; }

    string Title { get; }

    string? Unit { get; }

    bool IsNumber { get; }

    bool IsStandard { get; }

    bool LargestFirst { get; }
}

/// <summary>Which columns a person sees: the address says it, else what the browser remembers, else the standard.</summary>
public static class ColumnChoice
{
    public const string Parameter = "columns";
    private const string All = "all";
    private const string Standard = "standard";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>The chosen columns in the list's own order. A choice in the address is remembered.</summary>
    public static IReadOnlyList<ListColumn<TRow>> Of<TRow>(HttpContext context, string list, IReadOnlyList<ListColumn<TRow>> columns)
    {
        var cookie = "certhelper.columns." + list;
        var asked = context.Request.Query[Parameter].ToString();
        if (asked.Length > 0)
        {
            var chosen = Chosen(asked, columns);
            context.Response.Cookies.Append(cookie, string.Join('.', chosen.Select(column => column.Key)), new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = Kept,
                IsEssential = true,
            });
            return chosen;
        }

        return Chosen(context.Request.Cookies[cookie]?.Replace('.', ',') ?? "", columns);
    }

    /// <summary>The columns that a text names; the standard ones when it names none.</summary>
    public static IReadOnlyList<ListColumn<TRow>> Chosen<TRow>(string text, IReadOnlyList<ListColumn<TRow>> columns)
    {
        if (text == All) return columns;
        var keys = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (keys.Contains(Standard)) keys.Clear();
        List<ListColumn<TRow>> chosen = [.. columns.Where(column => keys.Contains(column.Key))];
        return chosen.Count > 0 ? chosen : [.. columns.Where(column => column.IsStandard)];
    }
}
