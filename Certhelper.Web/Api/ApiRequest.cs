using System.Globalization;
using Certhelper.Core.Lists;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Certhelper.Web.Api;

/// <summary>What every list of the API takes besides its filter.</summary>
internal sealed class ApiRequest
{
    private const int StandardSize = 100;
    private const int LargestSize = 500;

    private readonly HttpContext context;
    private readonly List<FilterProblem> problems;

    private ApiRequest(HttpContext context, FilterReader reader, IEnumerable<FilterParameter> known)
    {
        this.context = context;
        Page = reader.Number("page", 1, int.MaxValue) ?? 1;
        Size = reader.Number("size", 1, LargestSize) ?? StandardSize;
        problems = [.. reader.Problems];
        // A parameter that is misspelt would filter nothing without a word.
        var names = known.Concat(Shape).Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        problems.AddRange(context.Request.Query.Keys.Where(key => !names.Contains(key)).Select(key => new FilterProblem(key, "There is no such parameter.")));
    }

    public static IReadOnlyList<FilterParameter> Shape { get; } =
    [
        new("sort", "Column to sort by; with a minus the largest comes first.", "-run"),
        new("page", "Number of the page, from 1.", "1"),
        new("size", $"Items of a page, at most {LargestSize.ToString(CultureInfo.InvariantCulture)}.", "100"),
    ];

    public int Page { get; }

    public int Size { get; }

    public static ApiRequest Of(HttpContext context, IEnumerable<FilterParameter> known) => new(context, context.Request.Query.Reader(), known);

    /// <summary>The order that is asked for; the standard when none is.</summary>
    public Sorting Sort<T>(SortTable<T> table)
    {
        var asked = context.Request.Query["sort"].ToString();
        if (asked.Length > 0 && !table.Has(asked.TrimStart('-'))) problems.Add(new FilterProblem("sort", "The list cannot be sorted by this."));
        return table.Parse(asked);
    }

    /// <summary>What was wrong with the question, by parameter; null when nothing was.</summary>
    public ValidationProblem? Problem(IEnumerable<FilterProblem>? others = null)
    {
        var errors = problems.Concat(others ?? []).ToLookup(problem => problem.Parameter);
        return errors.Count == 0
            ? null
            : TypedResults.ValidationProblem(
                errors.ToDictionary(error => error.Key, error => error.Select(problem => problem.Words).Distinct().ToArray()),
                title: "Some parameters cannot be understood.");
    }

    /// <summary>The page, with links to its neighbours in the head.</summary>
    public Ok<ApiPage<T>> Answer<T>(ApiPage<T> page)
    {
        List<string> links = [Link("first", 1), Link("last", page.Pages)];
        if (page.Page > 1) links.Add(Link("prev", page.Page - 1));
        if (page.Page < page.Pages) links.Add(Link("next", page.Page + 1));
        context.Response.Headers.Link = string.Join(", ", links);
        return TypedResults.Ok(page);
    }

    private string Link(string relation, int page) =>
        $"<{context.Request.With(("page", page.ToString(CultureInfo.InvariantCulture)))}>; rel=\"{relation}\"";
}
