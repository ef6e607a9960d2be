using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The pages on which leaders keep schedules of reports.</summary>
public sealed class SchedulePagesTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.schedule-form";
    private const string New = "/reports/schedules/new";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schedule_is_made_shown_with_its_next_times_changed_paused_run_and_deleted()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var page = await lena.GetAsync(New);
        var made = await lena.PostAsync(New, page.Fields(Form, ("Form.Name", "Meeting <b>"), ("Form.Recipients", "meeting@cern.ch")));
        var shown = await lena.GetAsync(made.Location!);
        var changed = await lena.SubmitAsync(made.Location + "/edit", Form, ("Form.Cron", "30 7 * * TUE"), ("Form.TimeZone", "UTC"));
        await lena.PostAsync(made.Location!, shown.Fields("form:has(button[value=pause])", ("act", "pause")));
        var paused = await lena.GetAsync(made.Location!);
        await lena.PostAsync(made.Location!, paused.Fields("form:has(button[value=run])", ("act", "run")));
        var asked = await lena.GetAsync(made.Location!);
        var list = await lena.GetAsync("/reports/schedules");
        var gone = await lena.PostAsync(made.Location!, asked.Fields("form:has(button[value=delete])", ("act", "delete")));

        Assert.Contains("Meeting <b>", shown.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("on Mondays at 08:00", shown.Words, StringComparison.Ordinal);
        Assert.Equal(5, shown.Document.QuerySelectorAll(".next-times li").Length);
        Assert.Equal(made.Location, changed.Location);
        Assert.Contains("Paused", paused.Words, StringComparison.Ordinal);
        Assert.Contains("Paused", paused.Find("section[aria-labelledby=history-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("on Tuesdays at 07:30", paused.Words, StringComparison.Ordinal);
        Assert.Contains("waiting", asked.Find("#makings").TextContent, StringComparison.Ordinal);
        Assert.Contains("paused", list.Words, StringComparison.Ordinal);
        Assert.Equal("/reports/schedules", gone.Location);
        Assert.Equal(HttpStatusCode.NotFound, (await lena.GetAsync(made.Location!)).Status);
        await using var db = site.Database.NewContext();
        var kept = await db.ReportSchedules.SingleAsync(row => row.Name == "Meeting <b>", Token);
        Assert.Equal((true, (DateTimeOffset?)null, 1), (kept.DeletedAt is not null, kept.NextAt, await db.ScheduledMakings.CountAsync(row => row.ScheduleId == kept.Id, Token)));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_what_was_typed_stays()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var page = await lena.GetAsync(New);

        var wrong = await lena.PostAsync(New, page.Fields(
            Form, ("Form.Name", ""), ("Form.Kind", "Daily"), ("Form.Period", "LastWeek"), ("Form.Person", "nobody.here"), ("runs", "abc"), ("Form.Cron", "0 25 * * *"), ("Form.Recipients", "nobody"), ("Form.Formats", null)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        foreach (var field in new[] { "Name", "Period", "Person", "Filter", "Formats", "Cron", "Recipients" }) Assert.NotEmpty(wrong.Find($"#Form_{field}-error").TextContent);
        Assert.Equal("abc", wrong.Find("#runs").GetAttribute("value"));
        Assert.Equal("0 25 * * *", wrong.Find("#Form_Cron").GetAttribute("value"));
        Assert.Equal("nobody", wrong.Find("#Form_Recipients").TextContent.Trim());
    }

    [Fact]
    public async Task Filters_come_from_the_address_are_kept_with_the_schedule_and_changed_there()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var form = await lena.GetAsync(New + "?type=cosmics&reconstruction=express&from=2024-10-01");
        var made = await lena.PostAsync(New, form.Fields(Form, ("Form.Name", "Cosmics only"), ("Form.Kind", "Daily"), ("Form.Period", "Yesterday"), ("Form.Person", "")));
        var shown = await lena.GetAsync(made.Location!);
        var list = await lena.GetAsync("/reports/schedules");
        var edit = await lena.GetAsync(made.Location + "/edit");
        await lena.PostAsync(made.Location + "/edit", edit.Fields(Form, ("type", null), ("verdict", "bad"), ("text", "HV  trip")));

        Assert.Contains("Daily report of everybody", shown.Words, StringComparison.Ordinal);
        Assert.Contains("Only certifications withExpress · Cosmics", shown.Words.Replace("with Express", "withExpress", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("daily report of everybody only Express · Cosmics", list.Words, StringComparison.Ordinal);
        Assert.NotNull(edit.Document.QuerySelector("#type-cosmics[checked]"));
        await using var db = site.Database.NewContext();
        var kept = await db.ReportSchedules.SingleAsync(row => row.Name == "Cosmics only", Token);
        Assert.Equal("reconstruction=express&text=HV%20trip&verdict=bad", kept.Filter);
        Assert.Null(kept.PersonId);
    }

    [Fact]
    public async Task Who_saves_over_a_change_of_somebody_else_is_told_and_nothing_is_lost()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var eva = await site.SignedInAsAsync(Role.Expert);
        var made = await lena.PostAsync(New, (await lena.GetAsync(New)).Fields(Form, ("Form.Name", "Raced")));
        var old = await lena.GetAsync(made.Location + "/edit");
        await eva.SubmitAsync(made.Location + "/edit", Form, ("Form.Name", "Raced by Eva"));

        var conflict = await lena.PostAsync(made.Location + "/edit", old.Fields(Form, ("Form.Name", "Raced by Lena")));
        var again = await lena.PostAsync(made.Location + "/edit", conflict.Fields(Form));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains(eva.User!.Name, conflict.Words, StringComparison.Ordinal);
        Assert.Equal("Raced by Lena", conflict.Find("#Form_Name").GetAttribute("value"));
        Assert.Equal(made.Location, again.Location);
    }

    [Fact]
    public async Task Times_are_said_while_they_are_typed()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);

        var right = await lena.GetAsync("/reports/schedules/times?Form.Cron=0+8+*+*+MON&Form.TimeZone=UTC");
        var wrong = await lena.GetAsync("/reports/schedules/times?Form.Cron=0+8&Form.TimeZone=UTC");

        Assert.Contains("On Mondays at 08:00", right.Words, StringComparison.Ordinal);
        Assert.Contains("Five fields", wrong.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shifters_are_refused()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal(HttpStatusCode.Forbidden, (await sara.GetAsync("/reports/schedules")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sara.GetAsync(New)).Status);
    }
}
