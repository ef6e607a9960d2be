using System.Reflection;
using System.Text.RegularExpressions;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.Architecture;

/// <summary>Tests that documents name as proof exist.</summary>
public sealed partial class DocumentsTests
{
    private static readonly Dictionary<string, string[]> Methods = typeof(DocumentsTests).Assembly.GetTypes()
        .GroupBy(type => type.Name)
        .ToDictionary(types => types.Key, types => types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)).Select(method => method.Name).ToArray());

    [Theory]
    [InlineData("parity.md", 150)]
    [InlineData("security.md", 20)]
    [InlineData("operations.md", 1)]
    public void Every_test_that_a_document_names_is_there(string document, int atLeast)
    {
        var named = Named().Matches(File.ReadAllText(Path.Combine(SharedData.Repository(), "docs", document)));

        Assert.True(named.Count >= atLeast, $"{document} names {named.Count} tests.");
        Assert.Empty(named.Where(name => !Exists(name.Groups["class"].Value, name.Groups["method"].Value)).Select(name => name.Value));
    }

    // A name may be shortened by three dots.
    private static bool Exists(string type, string method) => Methods.TryGetValue(type, out var methods)
        && (method.Length == 0 || (method.EndsWith('…') ? methods.Any(name => name.StartsWith(method[..^1], StringComparison.Ordinal)) : methods.Contains(method)));

    [GeneratedRegex(@"`(?<class>[A-Z]\w*(?:Tests|Bench))(?:\.(?<method>\w+…?))?`")]
    private static partial Regex Named();
}
