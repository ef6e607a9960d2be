using Certhelper.Core.Lists;
using Microsoft.AspNetCore.WebUtilities;

namespace Certhelper.Web.Lists;

/// <summary>Addresses of the same list with something else in the filter: the URL is the filter.</summary>
public static class QueryLinks
{
    /// <summary>This address with some parameters set, or taken out when null. The page starts over unless it is set.</summary>
    public static string With(this HttpRequest request, params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var query = request.Query
            .Where(pair => !string.Equals(pair.Key, "page", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in changes) query[key] = value;
        return QueryHelpers.AddQueryString(request.Path, query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }
}

/// <summary>Filters as they come over the web.</summary>
public static class FilterLinks
{
    public static FilterReader Reader(this IQueryCollection query) => new(name => query[name].ToString());

    public static FilterReader Reader(this IFormCollection form) => new(name => form[name].ToString());

    /// <summary>The filter in words, each part with the list without it.</summary>
    /// <param name="filter">What is filtered.</param>
    /// <param name="request">The request of the list.</param>
    /// <param name="names">Names of things that the address names by number: parameter and value.</param>
    public static IEnumerable<FilterChip> Chips(this ListFilter filter, HttpRequest request, Func<string, string, string?> names) =>
        filter.Parts(names).Select(part => new FilterChip(part.Words, request.With((part.Name, part.Rest))) { Name = part.Name });
}

/// <summary>One filter in words; its link is the list without it.</summary>
public sealed record FilterChip(string Words, string Without)
{
    /// <summary>The parameter that it is about.</summary>
    public string Name { get; init; } = "";
}
