using System.Text.Json.Nodes;
using Certhelper.Core.Lists;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Certhelper.Web.Api;

/// <summary>The parameters of a list, for its description.</summary>
internal sealed record ListParameters(IReadOnlyList<FilterParameter> Parameters);

/// <summary>The description of the API for programs and for the page that people read.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description =>
            description.RelativePath?.StartsWith("api/" + ApiEndpoints.Version, StringComparison.Ordinal) == true
            || description.RelativePath?.StartsWith("certify/allRunsRefRuns", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Certhelper",
                Version = ApiEndpoints.Version,
                Description = "Runs, certifications, references and open runs of the CMS Tracker, read only. Sign in on the site; its session is taken here too. "
                    + "Units are in the names: InvPb is pb⁻¹, T is tesla, GeV is GeV. Errors are problem+json and name the parameter.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ListParameters>().SingleOrDefault() is not { } list) return Task.CompletedTask;
            operation.Parameters = [.. operation.Parameters ?? [], .. list.Parameters.Select(Describe)];
            return Task.CompletedTask;
        });
    }

    private static OpenApiParameter Describe(FilterParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description + (parameter.Several ? " Several with commas between." : ""),
        Example = parameter.Example is { } example ? JsonValue.Create(example) : null,
        Schema = new OpenApiSchema
        {
            Type = parameter.Name is "page" or "size" ? JsonSchemaType.Integer : JsonSchemaType.String,
            Enum = parameter is { Choices: { } choices, Several: false } ? [.. choices.Select(choice => (JsonNode)JsonValue.Create(choice)!)] : null,
        },
    };
}
