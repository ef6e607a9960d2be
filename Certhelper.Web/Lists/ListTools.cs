using Certhelper.Core.Lists;

namespace Certhelper.Web.Lists;

/// <summary>What stands above a table: chips, totals, saved filters, columns, downloads.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Chosen">Keys of the columns that are shown.</param>
public sealed record ListTools(
    string List, ListFilter Filter, ListChoices Choices, IReadOnlyList<IListColumn> Columns, IReadOnlyCollection<string> Chosen, int Total, Totals Totals)
{
    /// <summary>Keys of the columns of a file with "these columns".</summary>
    public IReadOnlyCollection<string> InFile { get; init; } = Chosen;

    /// <summary>The page on which the list stands.</summary>
    public string Path { get; init; } = KnownLists.Path(List);

    /// <summary>Whether the page itself says what is filtered and what could not be understood.</summary>
    public bool IsFramed { get; init; }
}

/// <summary>A part of a filter from which several values can be chosen.</summary>
/// <param name="Name">The parameter.</param>
public sealed record SeveralField(ListFilter Filter, string Name, string Title, IReadOnlyList<Choice> Choices);
