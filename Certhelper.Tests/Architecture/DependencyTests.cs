using System.Reflection;
using System.Xml.Linq;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.Architecture;

/// <summary>Which project may know which. The project files say what is asked for, the assemblies what is used.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Certhelper.Core"] = [],
        ["Certhelper.ServiceDefaults"] = [],
        ["Certhelper.Web"] = ["Certhelper.Core", "Certhelper.ServiceDefaults"],
        ["Certhelper.Jobs"] = ["Certhelper.Core", "Certhelper.ServiceDefaults"],
        ["Certhelper.Standins"] = [],
        ["Certhelper.AppHost"] = [],
        ["Certhelper.OpenShift"] = [],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Fact]
    public void Every_project_has_a_rule()
    {
        var projects = Directory.EnumerateFiles(SharedData.Repository(), "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order();

        Assert.Equal([.. Allowed.Keys.Append("Certhelper.Tests").Order()], projects);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_asks_only_for_what_it_may_know(string project)
    {
        var file = XDocument.Load(Path.Combine(SharedData.Repository(), project, project + ".csproj"));
        // A reference that brings no assembly only orders the build.
        var references = file.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_what_it_may_know(string project)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Certhelper.", StringComparison.Ordinal));

        Assert.Empty(used.Except(Allowed[project]));
    }

    [Fact]
    public void Core_knows_nothing_of_Hangfire_or_pages_and_Redis_only_for_hints()
    {
        var used = Assembly.Load("Certhelper.Core").GetReferencedAssemblies().Select(name => name.Name!).ToList();

        Assert.DoesNotContain(used, name => name.StartsWith("Hangfire", StringComparison.Ordinal)
            || name.Contains(".Mvc", StringComparison.Ordinal) || name.Contains("Razor", StringComparison.Ordinal));
    }

    [Fact]
    public void Desks_and_clients_are_sealed()
    {
        var open = Assembly.Load("Certhelper.Core").GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(type => type.Namespace != "Certhelper.Core.Storage.Migrations")
            .Select(type => type.FullName);

        Assert.Empty(open);
    }
}
