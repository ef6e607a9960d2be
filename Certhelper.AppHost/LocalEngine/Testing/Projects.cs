namespace Projects;

/// <summary>The app host as tests name it; the real SDK generates a type of this name.</summary>
#pragma warning disable CA1707 // The name is the SDK's.
public sealed class Certhelper_AppHost
{
    private Certhelper_AppHost()
    {
    }
}
