using System.Globalization;

namespace Certhelper.Web.Shell;

/// <summary>Pages of other services about the same run.</summary>
public static class OutsideLinks
{
    public static string OmsRun(int run) => string.Create(CultureInfo.InvariantCulture, $"https://cmsoms.cern.ch/cms/runs/report?cms_run={run}");

    public static string OmsFill(int fill) => string.Create(CultureInfo.InvariantCulture, $"https://cmsoms.cern.ch/cms/fills/report?cms_fill={fill}");

    public static string RunRegistry(int run) => string.Create(CultureInfo.InvariantCulture, $"https://cmsrunregistry.web.cern.ch/offline/workspaces/global?run_number={run}");

    /// <summary>Offline DQM GUI; its parameters are separated by semicolons.</summary>
    public static string DqmGui(int run, string? dataset) =>
        string.Create(CultureInfo.InvariantCulture, $"https://cmsweb.cern.ch/dqm/offline/start?runnr={run}") + (string.IsNullOrEmpty(dataset) ? "" : ";dataset=" + Uri.EscapeDataString(dataset));

    /// <summary>What changed from version to version.</summary>
    public const string ReleaseNotes = "https://github.com/CMSTrackerDPG/certifier/releases";

    /// <summary>Where people report what does not work.</summary>
    public const string Issues = "https://github.com/CMSTrackerDPG/certifier/issues";

    /// <summary>The manual for users.</summary>
    public const string Help = "https://certifier.readthedocs.io/en/latest/user-manual.html";

    /// <summary>What a shift needs beside this application.</summary>
    public static IReadOnlyList<LinkGroup> OfAShift { get; } =
    [
        new("Detector",
        [
            new("Pixel cabling map", "https://pixelcablingmap.web.cern.ch/PixelCablingMap/pixelcablingweb.php", "Which module is read out where"),
            new("Strip DCS trends", "https://sistripdcstrend.web.cern.ch/SiStripDCSTrend/", "Voltages and temperatures over time"),
        ]),
        new("Data quality",
        [
            new("OMS", "https://cmsoms.cern.ch/", "Runs, fills and luminosity"),
            new("Run Registry", "https://cmsrunregistry.web.cern.ch/", "The official record of data quality"),
            new("DQM GUI", "https://cmsweb.cern.ch/dqm/offline/", "Histograms of every dataset"),
            new("ML playground", "https://ml4dqm-playground.web.cern.ch/", "Machine-learning models for data quality"),
        ]),
        new("How to",
        [
            new("Tutorials and twikis", "https://twiki.cern.ch/twiki/bin/view/CMS/TrackerDQMShift", "Instructions and videos for shifters"),
            new("Manual", Help, "How to use this application"),
            new("Report an issue", Issues, "Tell what does not work"),
        ]),
    ];
}

/// <summary>A page of others, and what it is good for.</summary>
public sealed record OutsideLink(string Title, string Href, string What);

/// <summary>Links that belong together.</summary>
public sealed record LinkGroup(string Title, IReadOnlyList<OutsideLink> Links);
