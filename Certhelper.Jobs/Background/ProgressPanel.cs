using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hangfire.Dashboard;
using Hangfire.States;

namespace Certhelper.Jobs.Background;

/// <summary>The progress of a job on its page in the dashboard.</summary>
internal static class ProgressPanel
{
    private const int ReloadSeconds = 3;

    public static NonEscapedString Render(JobDetailsRendererDto job)
    {
        var running = job.JobDetails.History.FirstOrDefault()?.StateName == ProcessingState.StateName;
        return new NonEscapedString(
            job.JobDetails.Properties.TryGetValue(DashboardProgress.Parameter, out var json) && Read(json) is { } step ? Html(step, running) : "");
    }

    /// <summary>The panel as HTML. While the job runs the page loads itself again, for the dashboard does not by itself.</summary>
    internal static string Html(JobStep step, bool running)
    {
        var words = HtmlEncoder.Default.Encode(step.Words);
        var counts = step.Total > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"<progress max=\"{step.Total}\" value=\"{Math.Min(step.Done, step.Total)}\" aria-label=\"Progress\">{100L * step.Done / step.Total} %</progress> {step.Done:#,0} of {step.Total:#,0}")
            : running ? "<progress aria-label=\"Progress\"></progress>" : "";
        var reload = running ? string.Create(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"{ReloadSeconds}\">") : "";
        return $"<h3>Progress</h3><p>{counts}</p><p>{words}</p>{reload}";
    }

    private static JobStep? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<JobStep>(json);
        }
        catch (JsonException)
        {
            // Written by another version of this process: better no bar than no page.
            return null;
        }
    }
}
