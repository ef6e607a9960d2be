namespace Certhelper.Web.Shell;

/// <summary>What htmx says about a request.</summary>
internal static class HtmxRequest
{
    /// <summary>Whether a script asks for a fragment, not a person for a page.</summary>
    public static bool IsHtmx(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    /// <summary>Path and query of the page that the fragment belongs to; the front page when it is not ours.</summary>
    public static string CurrentPage(this HttpRequest request) =>
        Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out var page)
        && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? page.PathAndQuery
            : "/";
}
