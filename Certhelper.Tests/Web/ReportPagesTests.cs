using System.Net;
using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Reports;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

public sealed class ReportPagesTests : IAsyncLifetime
{
    private const string Weekly = "/reports/weekly?from=2018-05-14&to=2018-05-20";

    private readonly WebSite site = new();
    private Visitor sara = null!;
    private Visitor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await site.InitializeAsync();
        sara = await site.SignedInAsAsync(Role.Shifter);
        lena = await site.SignedInAsAsync(Role.ShiftLeader);
        await new ReportSamples(site.Database).WeekAsync(sara.User!.Id);
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task F118_F119_F120_F121_a_shifter_sees_the_own_report_of_any_day_and_narrows_it()
    {
        var today = await sara.GetAsync("/reports/daily");
        var day = await sara.GetAsync("/reports/daily?date=2018-05-14");
        var narrowed = await sara.GetAsync("/reports/daily?date=2018-05-14&to=2018-05-20&runs=4-6");
        var wrong = await sara.GetAsync("/reports/daily?date=2018-02-30&runs=abc");

        Assert.Contains("Nothing is certified there", today.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Special Comments", today.Words, StringComparison.Ordinal);
        Assert.Contains("Type 1: express collisions", day.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains(" Good: 1 10\n Bad: 8\n", day.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains(" Good: 4 5\n", narrowed.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("Date from: 2018-05-14, date to: 2018-05-20", narrowed.Words, StringComparison.Ordinal);
        Assert.Contains("Only: Runs 4-6", narrowed.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("\"2018-02-30\" is no day", wrong.Words, StringComparison.Ordinal);
        Assert.Contains("runs", wrong.Words, StringComparison.Ordinal);
        Assert.Null(wrong.Document.QuerySelector("#report-text"));
    }

    [Fact]
    public async Task A_weekly_report_with_filters_is_kept_apart_from_the_one_of_everything_on_both_pages_of_the_leader()
    {
        const string narrow = "&type=Cosmics&reconstruction=prompt,express";
        const string keep = "form[action='/reports/weekly'][method=post]";
        var looked = await lena.GetAsync(Weekly + narrow);
        var made = await lena.SubmitAsync(Weekly + narrow, keep);
        var whole = await lena.SubmitAsync(Weekly, keep);
        var kept = await lena.GetAsync(made.Location!);
        // The same choice, written in another way.
        var again = await lena.GetAsync(Weekly + "&reconstruction=express&reconstruction=prompt&type=cosmics");
        var leader = await lena.GetAsync("/leader/report?from=2018-05-14&to=2018-05-20&type=cosmics&reconstruction=express,prompt");
        var other = await lena.GetAsync("/leader/report?from=2018-05-14&to=2018-05-20&type=collisions");
        var list = await lena.GetAsync("/reports");
        var wrong = await lena.GetAsync(Weekly + "&type=nonsense");
        var refused = await lena.PostAsync("/reports/weekly", looked.Fields(keep, ("filter", "type=nonsense")));

        Assert.NotEqual(made.Location, whole.Location);
        Assert.Contains("filtered Express · Prompt · Cosmics", kept.Words, StringComparison.Ordinal);
        Assert.Contains("Only: Express · Prompt · Cosmics", (await lena.GetAsync(made.Location + "/1/report.txt")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Only:", (await lena.GetAsync(whole.Location + "/1/report.txt")).Text, StringComparison.Ordinal);
        Assert.Contains("_filtered.txt", (await lena.GetAsync(made.Location + "/1/report.txt")).Response.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        Assert.NotNull(again.Document.QuerySelector($"a[href='{made.Location}']"));
        Assert.NotNull(leader.Document.QuerySelector($"a[href='{made.Location}']"));
        Assert.NotNull(other.Document.QuerySelector(keep));
        Assert.Contains("only Express · Prompt · Cosmics", list.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("type", wrong.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await using var db = site.Database.NewContext();
        Assert.Equal(["", "reconstruction=express%2Cprompt&type=cosmics"], await db.Reports.OrderBy(row => row.Filter).Select(row => row.Filter).ToListAsync(Token));
        var cosmics = await db.Certifications.CountAsync(item => item.RunReconstruction!.Run!.Type == RunType.Cosmics, Token);
        Assert.InRange(cosmics, 1, await db.Certifications.CountAsync(Token) - 1);
    }

    [Fact]
    public async Task A_daily_report_keeps_its_filters_and_that_of_everybody_is_for_leaders_and_has_no_notes()
    {
        const string keep = "form[action='/reports/daily'][method=post]";
        var narrowed = await sara.SubmitAsync("/reports/daily?date=2018-05-14&runs=8,%201", keep);
        var kept = await sara.GetAsync(narrowed.Location!);
        await sara.PostAsync(narrowed.Location + "/regenerate", kept.Fields("form[action$='/regenerate']"));
        var anew = await sara.GetAsync(narrowed.Location!);
        var everybody = await lena.SubmitAsync("/reports/daily?date=2018-05-14&person=0", keep);
        var all = await lena.GetAsync(everybody.Location!);
        var summary = await lena.GetAsync("/leader/summary?from=2018-05-14&to=2018-05-14&type=collisions");

        foreach (var page in new[] { kept, anew })
        {
            Assert.StartsWith("Only: Runs 1, 8\n=============Reference Runs", page.Find("#report-text").TextContent.Replace("8, 1", "1, 8", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains(" Good: 1\n Bad: 8\n", page.Find("#report-text").TextContent, StringComparison.Ordinal);
        }

        Assert.Contains("All shifters, Mon 2018-05-14", all.Words, StringComparison.Ordinal);
        Assert.Contains(" Good: 1 10\n Bad: 8\n", all.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Null(all.Document.QuerySelector($"a[href='{everybody.Location}/edit']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await sara.GetAsync("/reports/daily?date=2018-05-14&person=0")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(everybody.Location!)).Status);
        Assert.NotNull(summary.Document.QuerySelector("a[href='/reports/daily?date=2018-05-14&person=0&type=collisions']"));
        // The weekly report names the daily reports of persons, not those of everybody.
        var week = await lena.GetAsync(Weekly);
        Assert.Contains($"({narrowed.Location})", week.Words, StringComparison.Ordinal);
        Assert.DoesNotContain($"({everybody.Location})", week.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F128_F129_comment_and_links_are_added_changed_and_removed_and_a_sent_report_stays()
    {
        var made = await sara.SubmitAsync("/reports/daily?date=2018-05-14", "form[action='/reports/daily'][method=post]");
        var url = made.Location!;
        await sara.SubmitAsync(url + "/edit", "form.report-notes", ("Fields[1].Text", "First <b>"), ("Fields[2].Text", "https://tinyurl.com/x"));
        var first = await sara.GetAsync(url);
        await sara.PostAsync(url + "/freeze", first.Fields("form[action$='/freeze']"));
        await sara.SubmitAsync(url + "/edit", "form.report-notes", ("Fields[1].Text", ""));
        var second = await sara.GetAsync(url);
        var sent = await sara.GetAsync(url + "?revision=1");
        var diff = await sara.GetAsync(url + "?revision=2&diff=yes");

        Assert.Contains("=============Special Comments=============\nFirst <b>\n", first.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("plots============\nhttps://tinyurl.com/x\n", first.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Special Comments", second.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("First <b>", sent.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("- First <b>", diff.Find(".report-diff").TextContent, StringComparison.Ordinal);
        Assert.Null(sent.Document.QuerySelector("form[action$='/freeze']"));
        Assert.Contains("Revision 2", second.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_daily_reports_are_for_leaders()
    {
        var url = $"/reports/daily?date=2018-05-14&person={sara.User!.Id}";
        var tomas = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal(HttpStatusCode.Forbidden, (await tomas.GetAsync(url)).Status);
        Assert.Equal(HttpStatusCode.OK, (await lena.GetAsync(url)).Status);
        var made = await lena.SubmitAsync(url, "form[action='/reports/daily'][method=post]");
        Assert.Equal(HttpStatusCode.OK, (await tomas.GetAsync(made.Location!)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await tomas.GetAsync(made.Location! + "/edit")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(made.Location! + "/edit")).Status);
    }

    [Fact]
    public async Task Two_who_write_at_once_lose_nothing()
    {
        var url = (await lena.SubmitAsync(Weekly, "form[action='/reports/weekly'][method=post]")).Location!;
        var mine = await lena.GetAsync(url + "/edit");
        await lena.SubmitAsync(url + "/edit", "form.report-notes", ("Fields[1].Text", "Theirs"));

        var conflict = await lena.PostAsync(url + "/edit", mine.Fields("form.report-notes", ("Fields[1].Text", "Mine")));
        var saved = await lena.PostAsync(url + "/edit", conflict.Fields("form.report-notes"));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Saved meanwhile: Theirs", conflict.Words, StringComparison.Ordinal);
        Assert.Equal("Mine", conflict.Find("textarea[name='Fields[1].Text']").TextContent.Trim());
        Assert.Equal(url, saved.Location);
        Assert.Contains("Mine", (await lena.GetAsync(url)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D76_too_long_a_note_is_named_at_its_field_and_stays()
    {
        var url = (await lena.SubmitAsync(Weekly, "form[action='/reports/weekly'][method=post]")).Location!;

        var page = await lena.SubmitAsync(url + "/edit", "form.report-notes", ("Fields[0].Text", new string('x', 20_001)), ("Fields[1].Text", "Anna"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("longer than 20,000", page.Find("#Fields_0__Text-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Anna", page.Find("textarea[name='Fields[1].Text']").TextContent.Trim());
    }

    [Fact]
    public async Task Every_format_is_handed_out_as_a_file_and_what_is_not_there_is_not_found()
    {
        var url = (await lena.SubmitAsync(Weekly, "form[action='/reports/weekly'][method=post]")).Location!;

        foreach (var (extension, _) in ReportFormats.All)
        {
            var file = await sara.GetAsync($"{url}/1/report.{extension}");
            Assert.Equal(HttpStatusCode.OK, file.Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync(url + "/1/report.exe")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync(url + "/2/report.odp")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync("/reports/999999")).Status);
    }

    [Fact]
    public async Task The_page_shows_the_numbers_charts_with_their_tables_and_no_style_or_script()
    {
        var page = await lena.GetAsync(Weekly);

        Assert.Equal(
            "Collisions Express 8 8 0 161301.363 pb⁻¹ 161301.363 pb⁻¹ 0 µb⁻¹",
            string.Join(' ', page.Document.QuerySelector("table[data-table=weekly-certification] tbody tr")!.Children.Take(8).Select(cell => cell.TextContent)));
        Assert.Equal(4, page.Document.QuerySelectorAll("svg.report-chart[role=img] > title").Length);
        Assert.NotNull(page.Document.QuerySelector("table[data-table=luminosity-express]"));
        Assert.Null(page.Document.QuerySelector("main [style], main script, main style"));
    }

    [Fact]
    public async Task Pages_ask_as_many_questions_however_much_there_is()
    {
        await lena.GetAsync(Weekly);
        var before = site.Commands.Count;
        await lena.GetAsync("/reports/weekly?from=2017-05-14&to=2017-05-20");
        var empty = site.Commands.Count - before;
        before = site.Commands.Count;
        await lena.GetAsync(Weekly);
        var full = site.Commands.Count - before;

        Assert.True(full <= 12, $"{full} statements");
        Assert.Equal(empty, full);
    }

    [Fact]
    public async Task F146_the_leader_reads_the_text_of_everything_in_the_filter()
    {
        var all = await lena.GetAsync("/leader/summary?from=2018-05-14&to=2018-05-20");
        var some = await lena.GetAsync("/leader/summary?from=2018-05-14&to=2018-05-20&reconstruction=prompt");
        var none = await lena.GetAsync("/leader/summary?from=2017-05-14&to=2017-05-20");

        Assert.Contains("Type 4:", all.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Prompt Feedback", all.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("express", some.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Only: Prompt\n====", some.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("====", all.Find("#report-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("No run is certified here", none.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D85_the_leaders_report_tab_previews_keeps_and_hands_out_and_explains_open_ends()
    {
        const string tab = "/leader/report?from=2018-05-14&to=2018-05-20";
        var preview = await lena.GetAsync(tab);
        var url = (await lena.PostAsync("/reports/weekly", preview.Fields("form[action='/reports/weekly']"))).Location!;
        var kept = await lena.GetAsync(tab);
        var open = await lena.GetAsync("/leader/report?days=all");

        Assert.Contains("nothing is kept yet", preview.Words, StringComparison.Ordinal);
        Assert.NotNull(kept.Document.QuerySelector($"a[href='{url}/1/report.odp']"));
        Assert.Contains("Choose them above", open.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_reports_are_listed_with_filters_also_for_programs()
    {
        var url = (await lena.SubmitAsync(Weekly, "form[action='/reports/weekly'][method=post]")).Location!;
        await sara.SubmitAsync("/reports/daily?date=2018-05-14", "form[action='/reports/daily'][method=post]");

        var all = await sara.GetAsync("/reports");
        var weekly = await sara.GetAsync("/reports?kind=weekly");
        var wrong = await sara.GetAsync("/reports?kind=monthly");
        var list = JsonDocument.Parse((await sara.GetAsync("/api/v1/reports?kind=weekly")).Text).RootElement;
        var one = JsonDocument.Parse((await sara.GetAsync("/api/v1" + url)).Text).RootElement;

        Assert.Equal(2, all.Document.QuerySelectorAll("#list tbody tr").Length);
        Assert.Equal("Week 20, 2018-05-14 – 2018-05-20", Assert.Single(weekly.Document.QuerySelectorAll("#list tbody tr th")).TextContent);
        Assert.Contains("Nothing is listed", wrong.Words, StringComparison.Ordinal);
        Assert.Equal((1, "weekly"), (list.GetProperty("total").GetInt32(), list.GetProperty("items")[0].GetProperty("kind").GetString()));
        var table = one.GetProperty("tables").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "weekly-certification");
        Assert.Equal(["Collisions", "Express", "8", "8", "0", "161301.363"], table.GetProperty("rows")[0].EnumerateArray().Take(6).Select(cell => cell.GetString()));
        Assert.Contains("Offline Shift Leader Report", one.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_keeps_nothing()
    {
        await lena.GetAsync(Weekly);
        await sara.GetAsync("/reports/daily?date=2018-05-14");
        await lena.GetAsync("/leader/report?from=2018-05-14&to=2018-05-20");

        await using var db = site.Database.NewContext();
        Assert.Equal(0, await db.Reports.CountAsync(Token));
    }
}
