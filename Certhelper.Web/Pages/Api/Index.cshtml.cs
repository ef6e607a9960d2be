using Certhelper.Core.People;
using Certhelper.Web.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Certhelper.Web.Pages.Api;

/// <summary>The API for people who write programs: made from the same document that programs read.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel([FromKeyedServices(ApiEndpoints.Version)] IOpenApiDocumentProvider provider) : PageModel
{
    /// <summary>One address that answers GET.</summary>
    public sealed record Operation(string Path, string Title, string? Description, IReadOnlyList<IOpenApiParameter> Parameters, string? Try);

    public string? About { get; private set; }

    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        About = document.Info.Description;
        Operations =
        [
            .. document.Paths
                .SelectMany(path => (path.Value.Operations ?? []).Select(operation => (path.Key, operation.Value)))
                .Select(pair => new Operation(
                    pair.Key, pair.Value.Summary ?? pair.Key, pair.Value.Description, [.. pair.Value.Parameters ?? []], Example(pair.Key, pair.Value))),
        ];
    }

    // An address with something to fill in is no link.
    private static string? Example(string path, OpenApiOperation operation) => path.Contains('{', StringComparison.Ordinal)
        ? null
        : path + (operation.Parameters?.Any(parameter => parameter.Name == "size") == true ? "?size=5" : "");
}
