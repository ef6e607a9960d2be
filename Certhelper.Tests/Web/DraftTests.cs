using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Drafts on the server: what is typed comes back on any browser, and only to the person who typed it.</summary>
public sealed class DraftTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_comes_back_on_another_browser_as_it_was_typed()
    {
        await using var other = await WebSite.ReplicaOfAsync(site);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var fields = (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(
            Form, ("Input.Pixel", "Bad"), ("Input.PixelLowStatistics", "true"), ("Input.Comment", "Half of <BPix> & more"), ("Facts.Lumisections", "many"), ("Facts.BFieldTesla", "3.8"));

        var kept = await sara.PutAsync($"/runs/{run}/express/draft", fields);
        var page = await other.SignedIn(sara.User!).GetAsync($"/runs/{run}/express/certify");

        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.Contains("\"at\":", kept.Text, StringComparison.Ordinal);
        var back = page.Fields(Form);
        Assert.Equal(
            ("Bad", "true", "Half of <BPix> & more", "many", "3.8"),
            (back["Input.Pixel"], back["Input.PixelLowStatistics"], back["Input.Comment"].Trim(), back["Facts.Lumisections"], back["Facts.BFieldTesla"]));
        Assert.Null(page.Find("[data-draft-notice]").GetAttribute("hidden"));
        // A draft is no attempt to save: nothing is called a mistake yet.
        Assert.Null(page.Document.QuerySelector(".summary-wrong"));
        Assert.Null(page.Document.QuerySelector(".field-error"));
    }

    [Fact]
    public async Task Nobody_reads_changes_or_throws_away_somebody_elses_draft()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "of Sara")]);

        var read = await tomas.GetAsync($"/runs/{run}/express/draft");
        var thrown = await tomas.PressAsync($"/runs/{run}/express/draft");
        await tomas.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "of Tomas")]);
        var form = await tomas.GetAsync($"/runs/{run}/express/certify");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.Status, thrown.Status));
        Assert.Equal("of Tomas", form.Fields(Form)["Input.Comment"].Trim());
        Assert.Equal("of Sara", (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(Form)["Input.Comment"].Trim());
    }

    [Fact]
    public async Task My_drafts_are_listed_resumed_and_thrown_away()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "begun")]);

        var shift = await sara.GetAsync("/");
        var thrown = await sara.PressAsync($"/runs/{run}/express/draft");
        var after = await sara.GetAsync("/");

        Assert.Contains("My drafts", shift.Words, StringComparison.Ordinal);
        Assert.NotNull(shift.Document.QuerySelector($"aside a[href='/runs/{run}/express/certify']"));
        Assert.Equal("/", thrown.Location);
        Assert.Contains($"The draft of {run} express is thrown away.", after.Toasts, StringComparison.Ordinal);
        Assert.DoesNotContain("My drafts", after.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_ends_the_draft_and_the_lease()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var fields = (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(
            Form, [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()]);
        await sara.PutAsync($"/runs/{run}/express/draft", fields);

        var saved = await sara.PostAsync($"/runs/{run}/express/certify", fields);

        Assert.Equal(HttpStatusCode.Found, saved.Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.CertificationDrafts.AnyAsync(draft => draft.RunNumber == run, Stop));
        Assert.False(await db.Leases.AnyAsync(lease => lease.RunNumber == run, Stop));
    }

    [Fact]
    public async Task D32_a_save_that_is_refused_leaves_the_draft_where_it_was()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "kept")]);

        var refused = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, ("Input.Comment", "kept"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("kept", refused.Fields(Form)["Input.Comment"].Trim());
        Assert.Equal("kept", (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(Form)["Input.Comment"].Trim());
    }

    [Fact]
    public async Task A_draft_of_a_change_keeps_its_version_so_that_a_stale_one_ends_on_the_conflict_page()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(sara.User!, run);
        var edit = $"/certifications/{id}/edit";
        await sara.PutAsync($"/runs/{run}/express/draft", (await sara.GetAsync(edit)).Fields(Form, ("Input.Comment", "of Sara")));
        await lena.SubmitAsync(edit, Form, [("Input.Comment", "of Lena"), .. GoodAnswers.Fields()]);

        var form = await sara.GetAsync(edit);
        var saved = await sara.PostAsync(edit, form.Fields(Form, [.. GoodAnswers.Fields()]));

        Assert.Equal("of Sara", form.Fields(Form)["Input.Comment"].Trim());
        Assert.Contains("The certification was changed after you began", form.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, saved.Status);
        await using var db = site.Database.NewContext();
        Assert.Equal("of Lena", (await db.Certifications.SingleAsync(item => item.Id == id, Stop)).Comment);
    }

    [Fact]
    public async Task A_draft_for_a_new_certification_never_overwrites_one_that_came_meanwhile()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var form = await lena.GetAsync($"/runs/{run}/express/certify");
        await lena.PutAsync($"/runs/{run}/express/draft", form.Fields(Form, ("Input.Pixel", "Bad"), ("Input.Comment", "of Lena")));
        var id = await site.Given.CertificationAsync(sara.User!, run);
        var edit = await lena.GetAsync($"/certifications/{id}/edit");

        var saved = await lena.PostAsync(
            $"/certifications/{id}/edit",
            edit.Fields(Form, [("Input.Pixel", "Excluded"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()]));

        Assert.Equal("0", edit.Fields(Form)["Version"]);
        Assert.Equal(HttpStatusCode.Conflict, saved.Status);
    }

    [Fact]
    public async Task A_draft_takes_what_is_free_and_says_who_has_what_is_not()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "mine")]);
        var his = await tomas.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "too")]);
        var form = await tomas.GetAsync($"/runs/{run}/express/certify");

        Assert.Contains($"\"holder\":\"{sara.User!.Name}\"", his.Text, StringComparison.Ordinal);
        var notice = form.Find("[data-lease-notice]");
        Assert.Null(notice.GetAttribute("hidden"));
        Assert.Contains(sara.User.Name, notice.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await sara.GetAsync($"/runs/{run}/express/certify")).Find("[data-lease-notice]").GetAttribute("hidden"));
    }

    [Fact]
    public async Task A_session_that_ended_is_answered_to_the_script_and_not_redirected()
    {
        var nobody = site.SignedOut();

        var answer = await nobody.SendAsync(
            new HttpRequestMessage(HttpMethod.Put, "/runs/380115/express/draft") { Content = new FormUrlEncodedContent([]) }, ("HX-Request", "true"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    [Fact]
    public async Task Facts_of_the_draft_are_typed_by_nobody_until_the_form_is_saved()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        await sara.PutAsync($"/runs/{run}/express/draft", [new("Facts.Lumisections", "17")]);

        await using var db = site.Database.NewContext();
        var stored = await db.Runs.SingleAsync(row => row.RunNumber == run, Stop);
        Assert.Equal(308, stored.Lumisections);
        Assert.False(stored.Origins.ContainsKey(nameof(Run.Lumisections)));
    }
}
