using Certhelper.Core.Reports;
using Certhelper.Web.TagHelpers;

namespace Certhelper.Web.Reports;

/// <summary>Schedules in words.</summary>
public static class ScheduleWords
{
    public static string Of(ReportKind kind) => kind switch
    {
        ReportKind.Daily => "daily report of a person",
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

    public static string Url(int id) => FormattableString.Invariant($"/reports/schedules/{id}");
}
