using System.Reflection;

namespace Certhelper.Tests.Architecture;

/// <summary>Who may know whom, by the assemblies as they were built. References that only order the build do not count.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("Certhelper.Core")]
    [InlineData("Certhelper.ServiceDefaults")]
    [InlineData("Certhelper.Standins")]
    [InlineData("Certhelper.AppHost")]
    [InlineData("Certhelper.Web", "Certhelper.Core", "Certhelper.ServiceDefaults")]
    [InlineData("Certhelper.Jobs", "Certhelper.Core", "Certhelper.ServiceDefaults")]
    public void A_project_knows_only_what_it_may(string project, params string[] allowed)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("Certhelper.", StringComparison.Ordinal));

        Assert.Empty(known.Except(allowed));
    }

    /// <summary>The rooms of the domain know nothing of how pages or jobs are made.</summary>
    [Theory]
    [InlineData("Microsoft.AspNetCore.Mvc")]
    [InlineData("Hangfire")]
    [InlineData("StackExchange.Redis")]
    [InlineData("Renci.SshNet")]
    public void Core_does_without(string assembly) => Assert.DoesNotContain(
        Assembly.Load("Certhelper.Core").GetReferencedAssemblies(),
        name => name.Name!.StartsWith(assembly, StringComparison.Ordinal));
}
