using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Web.TagHelpers;

namespace Certhelper.Web.Shell;

/// <summary>Small words and choices that several pages share.</summary>
public static class Words
{
    public static string Of(RunType? type) => type switch
    {
        RunType.Collisions => "collisions",
        RunType.Cosmics => "cosmics",
        null => "undecided",
    };

    public static string Of(TrackerMapState state) => state switch
    {
        TrackerMapState.Exists => "exist",
        TrackerMapState.Missing => "missing",
    };

    public static string Of(ApvMode mode) => mode switch
    {
        ApvMode.Peak => "peak",
        ApvMode.Deconvolution => "deconvolution",
    };

    /// <summary>The mode as the strip tracker abbreviates it.</summary>
    public static string Short(ApvMode mode) => mode switch
    {
        ApvMode.Peak => "PEAK",
        ApvMode.Deconvolution => "DECO",
    };

    public static StatusKind Kind(bool good) => good ? StatusKind.Good : StatusKind.Bad;

    /// <summary>The address of a certification form.</summary>
    public static string CertifyUrl(int run, Reconstruction reconstruction) =>
        FormattableString.Invariant($"/runs/{run}/{reconstruction.Code()}/certify");

    public static string CertificationUrl(int id) => FormattableString.Invariant($"/certifications/{id}");

    /// <summary>The name under which a browser keeps a draft until the server has it.</summary>
    public static string DraftName(string login, int run, Reconstruction reconstruction) =>
        FormattableString.Invariant($"draft:{login}:{run} {reconstruction.Code()}");

    /// <summary>Why it cannot be taken: <c>380115 express is taken by Tomas Shifter until 12:15 Europe/Zurich, unless …</c>.</summary>
    public static string TakenBy(string name, LeaseState lease, DateTimeOffset now) =>
        $"{name} is taken by {lease.HolderName} until {Clock.InZurich(lease.Until)[^5..]} Europe/Zurich (in {Clock.Age(now, lease.Until)}), longer if they go on working.";
}
