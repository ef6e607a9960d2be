using System.Reflection;

namespace Certhelper.Web.Shell;

/// <summary>Which version of the product this is.</summary>
public static class AppVersion
{
    /// <summary>Without the commit that a build may append.</summary>
    public static string Current { get; } =
        (typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+')[0];
}
