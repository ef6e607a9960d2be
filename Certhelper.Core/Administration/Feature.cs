namespace Certhelper.Core.Administration;

/// <summary>What can be switched off while the site runs.</summary>
public enum Feature
{
    /// <summary>Starting scripts on other hosts; what runs goes on.</summary>
    Scripts,

    /// <summary>Sending e-mail; reports are made and kept all the same.</summary>
    Mail,

    /// <summary>Reading new and changed runs from OMS in the background.</summary>
    OmsSync,

    /// <summary>Reading open datasets from the Run Registry in the background.</summary>
    RegistrySync,
}

/// <summary>Switches in words.</summary>
public static class Features
{
    public static string Title(this Feature feature) => feature switch
    {
        Feature.Scripts => "Starting scripts",
        Feature.Mail => "Sending e-mail",
        Feature.OmsSync => "Reading OMS in the background",
        Feature.RegistrySync => "Reading the Run Registry in the background",
    };

    /// <summary>What happens while it is off.</summary>
    public static string Off(this Feature feature) => feature switch
    {
        Feature.Scripts => "Nobody can start a script, and connections are not tested. What runs goes on and can be stopped.",
        Feature.Mail => "Reports are made and kept, and not sent; schedules say so and try again later.",
        Feature.OmsSync => "New and changed runs do not come by themselves. A page still asks for the run that it shows.",
        Feature.RegistrySync => "Open datasets do not come by themselves. A page still asks for the run that it shows.",
    };
}
