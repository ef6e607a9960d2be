using System.Net;
using Certhelper.Core.Certification.Rules;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The second look on the form, on the certification, and the page of rules.</summary>
public sealed class SecondLookPagesTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static readonly (string Name, string? Value)[] MapMissing =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Missing"), ("Input.Comment", "Clean run."), .. GoodAnswers.Fields()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_form_comes_back_with_what_to_confirm_keeps_the_reason_and_the_certification_shows_it()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var url = $"/runs/{run}/express/certify";

        var asked = await sara.SubmitAsync(url, Form, MapMissing);
        var kept = await sara.PostAsync(url, asked.Fields(Form, [("Input.Confirmed[map-missing]", "Judged in the DQM <GUI>"), ("Input.Pixel", null), .. GoodAnswers.Fields()]));
        var saved = await sara.PostAsync(url, kept.Fields(Form, [("Input.Pixel", "Good"), .. GoodAnswers.Fields()]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("The tracker maps are missing.", asked.Find(".second-look-asks").TextContent, StringComparison.Ordinal);
        Assert.Equal("#Input_TrackerMap", asked.Find(".second-look-reasons a").GetAttribute("href"));
        Assert.NotNull(asked.Document.QuerySelector("#Input_TrackerMap"));
        Assert.Equal("Clean run.", asked.Fields(Form)["Input.Comment"].Trim());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept.Status);
        Assert.True(saved.Status == HttpStatusCode.Found, saved.Document.QuerySelector(".summary-wrong, .second-look")?.TextContent);
        var page = await sara.GetAsync($"/certifications/{await IdAsync(run)}");
        Assert.Contains("“Judged in the DQM <GUI>” " + sara.User!.Login, Flat(page.Find(".confirmed-findings").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task D51_a_block_links_to_the_field_and_is_not_saved_whatever_the_reason()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var url = $"/runs/{run}/express/certify";
        var form = await sara.GetAsync(url);
        var reason = form.Find("#Input_BadReasonId option[value]:not([value=''])").GetAttribute("value");

        var page = await sara.PostAsync(url, form.Fields(
            Form,
            [.. MapMissing, ("Input.Strip", "Bad"), ("Input.BadReasonId", reason), ("Input.Confirmed[map-missing]", "x"), ("Input.Confirmed[bad-without-problem]", "y")]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Tracking cannot be good while the strip is bad.", page.Words, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("a[href='#Input_Tracking']"));
        Assert.Equal("x", page.Fields(Form)["Input.Confirmed[map-missing]"]);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Certifications.AnyAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
    }

    [Fact]
    public async Task D52_the_counterparts_verdict_is_asked_about_when_an_edit_departs_from_it()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, run);
        var prompt = await site.Given.CertificationAsync(sara.User!, run, Reconstruction.Prompt);

        var page = await sara.SubmitAsync($"/certifications/{prompt}/edit", Form, ("Input.Pixel", "Excluded"));
        var saved = await sara.PostAsync($"/certifications/{prompt}/edit", page.Fields(Form, ("Input.Confirmed[differs-from-counterpart]", "Reprocessed without it")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains($"Express was certified as good for pixel (by {sara.User!.Name}", page.Words, StringComparison.Ordinal);
        Assert.Equal($"/certifications/{prompt}", saved.Location);
    }

    [Fact]
    public async Task The_second_look_comes_as_a_fragment_before_anything_is_saved()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var form = await sara.GetAsync($"/runs/{run}/express/certify");

        var found = await sara.PostAsync($"/runs/{run}/express/certify?handler=SecondLook", form.Fields(Form, ("Input.TrackerMap", "Missing")), ("HX-Request", "true"));
        await new MapSamples(site.Database).MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm");
        var id = await site.Given.CertificationAsync(sara.User!, run);
        var edit = await sara.GetAsync($"/certifications/{id}/edit");
        var nothing = await sara.PostAsync($"/certifications/{id}/edit?handler=SecondLook", edit.Fields(Form), ("HX-Request", "true"));

        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.DoesNotContain("<main", found.Text, StringComparison.Ordinal);
        Assert.NotNull(found.Document.QuerySelector("input[name='Input.Confirmed[map-missing]']"));
        Assert.Contains("Nothing stands out", nothing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D48_the_best_fitting_reference_is_chosen_and_shown_beside_the_run()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var lena = await own.SignedInAsAsync(Role.ShiftLeader);
        var reference = await own.Given.ReferenceAsync(lena.User!);
        var collisions = await own.Given.RunAsync();
        var cosmics = await own.Given.RunAsync(RunType.Cosmics);

        var form = await lena.GetAsync($"/runs/{collisions}/express/certify");
        var other = await lena.GetAsync($"/runs/{cosmics}/express/certify");
        var card = await lena.GetAsync($"/references/card?run={collisions}&reconstruction=express&Input.ReferenceId={reference}");
        var none = await lena.GetAsync($"/references/card?run={collisions}&reconstruction=express&Input.ReferenceId=");

        Assert.Equal($"{reference}", form.Fields(Form)["Input.ReferenceId"]);
        Assert.Contains("also express, 3.8 T, same era", form.Find($"#Input_ReferenceId option[value='{reference}']").TextContent, StringComparison.Ordinal);
        Assert.Contains("61.2", form.Find("#reference-card .compare").TextContent, StringComparison.Ordinal);
        Assert.Equal("", other.Fields(Form)["Input.ReferenceId"]);
        Assert.Equal("Other or unknown run type", other.Find("#Input_ReferenceId optgroup").GetAttribute("label"));
        Assert.NotNull(card.Document.QuerySelector($".reference-card a[href='/references/{reference}']"));
        Assert.Equal("", none.Text);
    }

    [Fact]
    public async Task The_rules_are_listed_with_what_they_ask_and_their_limits()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);

        var page = await guest.GetAsync("/admin/rules");

        Assert.All(LookRules.All, rule => Assert.Contains(rule.Title, page.Words, StringComparison.Ordinal));
        var row = page.Find("#reference-b-field").TextContent;
        Assert.Contains("0.1 T", row, StringComparison.Ordinal);
        Assert.Contains("Certification:BFieldToleranceTesla", row, StringComparison.Ordinal);
        Assert.Contains("a reason", row, StringComparison.Ordinal);
        Assert.Contains("blocks", page.Find("#tracking-good-strip-bad").TextContent, StringComparison.Ordinal);
    }

    private async Task<int> IdAsync(int run)
    {
        await using var db = site.Database.NewContext();
        return await db.Certifications.Where(item => item.RunReconstruction!.RunNumber == run).Select(item => item.Id).SingleAsync(Stop);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
