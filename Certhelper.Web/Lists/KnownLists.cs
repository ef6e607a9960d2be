using Certhelper.Core.Lists;

namespace Certhelper.Web.Lists;

/// <summary>The lists that have filters, by the names that saved filters use.</summary>
public static class KnownLists
{
    public const string Certifications = "certifications";
    public const string Runs = "runs";

    private static readonly string[] Shape = ["sort", "size", ColumnChoice.Parameter];

    public static IReadOnlyList<string> All { get; } = [Certifications, Runs];

    /// <summary>The address of a list.</summary>
    public static string Path(string list) => "/" + list;

    /// <summary>The parameters that belong to a list: its filter and how it is drawn, but not the page.</summary>
    internal static IEnumerable<string> Parameters(string list) =>
        (list == Certifications ? CertificationFilter.Parameters : RunFilter.Parameters).Select(parameter => parameter.Name).Concat(Shape);
}
