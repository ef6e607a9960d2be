namespace Certhelper.Core.Plots;

/// <summary>The names of the plots, in the order in which they are shown.</summary>
public static class PlotKinds
{
    public const string Luminosity = "luminosity";
    public const string LuminositySoFar = "luminosity-cumulative";
    public const string Certifications = "certifications";
    public const string Problems = "problems";
    public const string Health = "health";
    public const string Eras = "eras";
    public const string TimeToCertification = "time-to-certification";

    public static IReadOnlyList<string> All { get; } = [Luminosity, LuminositySoFar, Certifications, Problems, Health, Eras, TimeToCertification];
}
