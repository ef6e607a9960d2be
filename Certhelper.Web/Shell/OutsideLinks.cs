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
}
