using Certhelper.Core.Lists;
using Certhelper.Core.Reports;
using Certhelper.Web.Shell;
using Certhelper.Web.TagHelpers;

namespace Certhelper.Web.Reports;

/// <summary>Words and addresses of reports.</summary>
public static class ReportWords
{
    public static string Url(int id) => FormattableString.Invariant($"/reports/{id}");

    public static string FileUrl(int id, int number, string extension) => FormattableString.Invariant($"/reports/{id}/{number}/report.{extension}");

    /// <summary>The daily report of a day and a person; null for today and oneself.</summary>
    public static string DailyUrl(DateOnly day, int personId) => FormattableString.Invariant($"/reports/daily?date={Clock.Iso(day)}&person={personId}");

    /// <summary>The daily report of everybody.</summary>
    public static string EverybodyUrl(DateOnly day, CertificationFilter filter) => $"{DailyUrl(day, 0)}{(filter.Text.Length == 0 ? "" : "&" + filter.Text)}";

    public static string WeeklyUrl(Period period) => $"/reports/weekly?from={Clock.Iso(period.From)}&to={Clock.Iso(period.To)}";

    public static string Kind(ReportKind kind) => kind switch
    {
        ReportKind.Daily => "Daily report",
        ReportKind.Weekly => "Weekly report",
    };

    /// <summary>The days in one line, with the number of their week.</summary>
    public static string Days(Period period) => period.Length == 1
        ? FormattableString.Invariant($"{period.From:ddd} {period.From:yyyy-MM-dd}")
        : $"{period.WeekText()}, {Clock.Iso(period.From)} – {Clock.Iso(period.To)}";

    public static StatusKind State(bool frozen) => frozen ? StatusKind.Good : StatusKind.Draft;

    public static string StateWord(bool frozen) => frozen ? "sent" : "in work";
}
