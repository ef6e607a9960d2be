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

/// <summary>One filter in words; its link is the list without it.</summary>
public sealed record FilterChip(string Words, string Without)
{
    /// <summary>The parameter that it is about.</summary>
    public string Name { get; init; } = "";
}
