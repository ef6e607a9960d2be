using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>What nobody should send: a clear message, what was typed is still there, and nothing has changed.</summary>
public sealed class BadInputTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";
    private const string Sql = "'; DROP TABLE runs; --";
    private const string Html = "<script>alert(1)</script><img src=x onerror=alert(1)>";

    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Input.Date", "3000-01-01", "The date is in the future.")]
    [InlineData("Input.Date", "1999-12-31", "before the first run")]
    [InlineData("Input.Date", "yesterday", "yesterday")]
    [InlineData("Input.Pixel", "Splendid", "Splendid")]
    [InlineData("Input.Pixel", "17", "17")]
    [InlineData("Input.TrackerMap", "Perhaps", "Perhaps")]
    [InlineData("Input.DatasetName", Sql, "says no reconstruction")]
    [InlineData("Input.DatasetName", Html, "says no reconstruction")]
    [InlineData("Input.DatasetName", "/PromptReco/Collisions2024I/DQM", "This is a dataset of prompt, not of express.")]
    [InlineData("Input.BadReasonId", "999999", "does not exist any more")]
    [InlineData("Input.ReferenceId", "999999", "does not exist or has been retired")]
    [InlineData("Input.ProblemIds", "999999", "does not exist any more")]
    [InlineData("Facts.Lumisections", "many", "many")]
    [InlineData("Facts.Lumisections", "-3", "between 0 and 10,000 lumisections")]
    [InlineData("Facts.FillNumber", "123456789", "between 1 and 99,999")]
    [InlineData("Facts.BFieldTesla", "NaN", "between 0 and 4.5 T")]
    [InlineData("Facts.Type", "Neutrinos", "Neutrinos")]
    [InlineData("Facts.Era", "an era that is very much longer than any era has ever been", "at most 40 characters")]
    public async Task A_field_that_nobody_can_mean_is_named_and_everything_typed_is_kept(string field, string value, string message)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var page = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Input.Comment", "what I typed"), (field, value)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(message, page.Find(".summary-wrong").TextContent, StringComparison.Ordinal);
        Assert.Equal("what I typed", page.Fields(Form)["Input.Comment"].Trim());
        Assert.Equal("Good", page.Fields(Form).GetValueOrDefault("Input.Strip"));
        await NothingChangedAsync(run);
    }

    [Fact]
    public async Task D28_D29_SQL_and_HTML_in_every_text_are_only_text()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        site.Outside.Weather = Weather.Refuses;

        var saved = await sara.SubmitAsync(
            $"/runs/{run}/express/certify", Form,
            [.. Good, ("Input.DatasetName", "/Express/" + Html), ("Input.Comment", Sql + Html), ("Facts.Era", Sql), ("Facts.HltKey", Html), ("Facts.FillTypeRuntime", "<b>PROTONS</b>")]);
        var shift = await sara.GetAsync("/");
        var list = await sara.GetAsync($"/certifications?shifter={sara.User!.Login}");
        var runPage = await sara.GetAsync($"/runs/{run}");

        Assert.Equal(HttpStatusCode.Found, saved.Status);
        foreach (var page in new[] { shift, list, runPage })
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Null(page.Document.QuerySelector("img[onerror], main script"));
            Assert.DoesNotContain("<b>PROTONS</b>", page.Text, StringComparison.Ordinal);
        }

        await using var db = site.Database.NewContext();
        var item = await db.Certifications.SingleAsync(row => row.RunReconstruction!.RunNumber == run, Stop);
        Assert.Equal(Sql + Html, item.Comment);
        Assert.True(await db.Runs.AnyAsync(Stop));
    }

    [Fact]
    public async Task A_comment_of_a_megabyte_is_refused_and_comes_back()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var comment = new string('x', 1024 * 1024);

        var page = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Input.Comment", comment)]);
        var draft = await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", comment)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("longer than 10,000 characters", page.Find(".summary-wrong").TextContent, StringComparison.Ordinal);
        Assert.Equal(comment.Length, page.Fields(Form)["Input.Comment"].Trim().Length);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, draft.Status);
        Assert.Contains("too long to be kept on the server", draft.Text, StringComparison.Ordinal);
        await NothingChangedAsync(run);
    }

    [Theory]
    [InlineData("/runs/0/express/certify")]
    [InlineData("/runs/1000000/express/certify")]
    [InlineData("/runs/3801151234/express/certify")]
    [InlineData("/runs/-1/express/certify")]
    [InlineData("/runs/380115/online/certify")]
    [InlineData("/runs/380115/whatever/certify")]
    [InlineData("/runs/abc/express/certify")]
    [InlineData("/runs/380115/%27%3B--/draft")]
    [InlineData("/runs/380115/express/draft")]
    public async Task D33_an_address_that_names_no_run_or_reconstruction_has_no_page(string address)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var read = await sara.GetAsync(address);
        var sent = await sara.PostAsync(address, new(await sara.TokenAsync()) { ["Input.Pixel"] = "Good" });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.Status, sent.Status));
        Assert.NotEmpty(read.Words);
    }

    [Theory]
    [InlineData("/runs/0/express/draft")]
    [InlineData("/runs/1000000/express/draft")]
    public async Task A_draft_of_no_run_is_refused_in_words(string address)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var answer = await sara.PutAsync(address, [new("Input.Comment", "x")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("A run number is between 1 and 999,999.", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3801151234")]
    [InlineData("99999999999999999999")]
    [InlineData("-5")]
    [InlineData("380115.5")]
    [InlineData(Sql)]
    [InlineData(Html)]
    public async Task A_card_with_no_run_number_says_so_and_keeps_what_was_typed(string typed)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var page = await sara.GetAsync("/?reconstruction=express&run=" + Uri.EscapeDataString(typed));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Type the number of the run", page.Find("#card-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, page.Find("#run").GetAttribute("value"));
    }

    [Theory]
    [InlineData("POST", "/runs/{0}/express/certify")]
    [InlineData("POST", "/runs/{0}/express/lease")]
    [InlineData("POST", "/runs/{0}/express/lease?handler=over")]
    [InlineData("POST", "/runs/{0}/express/lease?handler=back")]
    [InlineData("POST", "/runs/{0}/express/lease?handler=alive")]
    [InlineData("POST", "/runs/{0}/express/draft")]
    [InlineData("PUT", "/runs/{0}/express/draft")]
    [InlineData("POST", "/runs/{0}/refresh")]
    [InlineData("POST", "/runs/ask")]
    public async Task Without_the_forms_token_nothing_is_done(string method, string address)
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var asked = site.Outside.Asked.Count;

        var answer = await lena.SendAsync(new HttpRequestMessage(new HttpMethod(method), string.Format(CultureInfo.InvariantCulture, address, run))
        {
            Content = new FormUrlEncodedContent(Good.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))),
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(asked, site.Outside.Asked.Count);
        await NothingChangedAsync(run);
    }

    [Theory]
    [InlineData("/runs/{0}/express/lease?handler=nothing")]
    [InlineData("/runs/{0}/express/certify?handler=nothing")]
    public async Task A_handler_that_does_not_exist_does_nothing(string address)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        await sara.PressAsync(string.Format(CultureInfo.InvariantCulture, address, run));

        await using var db = site.Database.NewContext();
        Assert.False(await db.Certifications.AnyAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
    }

    [Fact]
    public async Task D22_the_verdict_lands_on_the_reconstruction_of_the_address_whatever_the_form_says()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.DatasetAsync(run, "/PromptReco/Collisions2024I/DQM");
        var form = await sara.GetAsync($"/runs/{run}/prompt/certify");
        // Somebody certifies the express reconstruction in between.
        await site.Given.CertificationAsync(tomas.User!, run);

        await sara.PostAsync($"/runs/{run}/prompt/certify", form.Fields(Form, [.. Good, ("Reconstruction", "express"), ("reconstruction", "express"), ("Run", "1")]));

        await using var db = site.Database.NewContext();
        var mine = await db.Certifications.Include(item => item.RunReconstruction).SingleAsync(item => item.OwnerId == sara.User!.Id, Stop);
        Assert.Equal((run, Reconstruction.Prompt), (mine.RunReconstruction!.RunNumber, mine.RunReconstruction.Reconstruction));
    }

    [Fact]
    public async Task D54_no_answer_depends_on_the_Referer()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var refused = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, ("Input.Comment", "kept"));
        var taken = await sara.PostAsync($"/runs/{run}/express/lease", await sara.TokenAsync(), ("Referer", "https://evil.example/"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("/", taken.Location);
    }

    private async Task NothingChangedAsync(int run)
    {
        await using var db = site.Database.NewContext();
        Assert.False(await db.Certifications.AnyAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
        Assert.False(await db.Leases.AnyAsync(lease => lease.RunNumber == run, Stop));
        Assert.False(await db.CertificationDrafts.AnyAsync(draft => draft.RunNumber == run, Stop));
        var stored = await db.Runs.SingleAsync(row => row.RunNumber == run, Stop);
        Assert.Equal((308, "2024I", RunType.Collisions), (stored.Lumisections, stored.Era, stored.Type));
        Assert.DoesNotContain(stored.Origins.Values, origin => origin.Source == FactSource.Person);
    }
}
