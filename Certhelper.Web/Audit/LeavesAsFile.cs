namespace Certhelper.Web.Audit;

/// <summary>Marks an address that gives data away as a file: every answer of it is in the audit, and there is a limit to how many.</summary>
/// <param name="What">What leaves, as the audit names it.</param>
internal sealed record LeavesAsFile(string What);

/// <summary>Marks endpoints.</summary>
internal static class LeavesAsFileExtensions
{
    public static TBuilder LeavesAsFile<TBuilder>(this TBuilder builder, string what)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new LeavesAsFile(what));
}
