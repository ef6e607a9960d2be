using Certhelper.Core.Lists;
using Certhelper.Core.Reports;
using Certhelper.Web.TagHelpers;

namespace Certhelper.Web.Reports;

/// <summary>Schedules in words.</summary>
public static class ScheduleWords
{
    public static string Of(ReportKind kind) => kind switch
    {
        ReportKind.Daily => "daily report",
        ReportKind.Weekly => "weekly report",
    };

    public static string Of(MakingState state) => state switch
    {
        MakingState.Waiting => "waiting",
        MakingState.Running => "being made",
        MakingState.Done => "done",
        MakingState.Failed => "failed",
    };

    public static StatusKind Kind(MakingState state) => state switch
    {
        MakingState.Done => StatusKind.Good,
        MakingState.Failed => StatusKind.Bad,
        _ => StatusKind.Draft,
    };

    /// <summary>The form of a new one that is narrowed so.</summary>
    public static string NewUrl(CertificationFilter filter) => "/reports/schedules/new" + (filter.Text.Length == 0 ? "" : "?" + filter.Text);

    /// <summary>Whose day a daily report is about; nothing for a weekly one.</summary>
    public static string Whose(ReportKind kind, string? person) => kind == ReportKind.Daily ? " of " + (person ?? "everybody") : "";

    public static string Url(int id) => FormattableString.Invariant($"/reports/schedules/{id}");
}
