using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The certify form through the real pipeline: what it keeps, refuses, and saves.</summary>
public sealed class CertifyTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), ("Input.Comment", "Clean run."), .. GoodAnswers.Fields()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_form_is_filled_from_what_is_known()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var page = await sara.GetAsync($"/runs/{run}/express/certify");

        var fields = page.Fields(Form);
        Assert.Equal("/Express/Collisions2024/DQM", fields["Input.DatasetName"]);
        Assert.NotEmpty(fields["Input.Date"]);
        Assert.Contains("103 pb⁻¹", page.Words, StringComparison.Ordinal);
        Assert.Contains("OMS · just now", page.Words, StringComparison.Ordinal);
        Assert.Contains("/cdaq/physics/Run2024/v1", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shifter_certifies_a_run_and_sees_it_listed()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var saved = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, Good);
        var shift = await sara.GetAsync("/");
        var list = await sara.GetAsync($"/certifications?shifter={sara.User!.Login}");

        Assert.Equal(HttpStatusCode.Found, saved.Status);
        Assert.Equal($"{run} express is certified as good.", shift.Toasts);
        Assert.Equal($"draft:{sara.User.Login}:{run} express", shift.Find(".toast-note").GetAttribute("data-draft-done"));
        Assert.Contains($"{run} express", list.Words, StringComparison.Ordinal);
        Assert.Contains("1 certification 1 good, 0 bad", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_named_at_the_field_and_in_the_summary_and_nothing_typed_is_lost()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var page = await sara.SubmitAsync(
            $"/runs/{run}/express/certify", Form,
            ("Input.Pixel", "Bad"), ("Input.PixelLowStatistics", "true"), ("Input.Comment", "Half of <BPix> & more"), ("Facts.Lumisections", "many"), ("Facts.BFieldTesla", "3.8"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var fields = page.Fields(Form);
        Assert.Equal("Bad", fields["Input.Pixel"]);
        Assert.Equal("true", fields["Input.PixelLowStatistics"]);
        Assert.Equal("Half of <BPix> & more", fields["Input.Comment"].Trim());
        Assert.Equal("many", fields["Facts.Lumisections"]);
        Assert.Equal("3.8", fields["Facts.BFieldTesla"]);
        var summary = page.Find(".summary-wrong");
        Assert.Contains("A bad component needs a reason.", summary.TextContent, StringComparison.Ordinal);
        foreach (var link in summary.QuerySelectorAll("a"))
            Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")![1..]));
        Assert.Contains("Choose a verdict for strip.", page.Find("#Input_Strip-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#Facts_Lumisections").GetAttribute("aria-invalid"));
        Assert.Equal(0, await CertificationsOfAsync(run));
    }

    [Fact]
    public async Task The_same_form_sent_twice_saves_once()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var fields = (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(Form, Good);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sara.PostAsync($"/runs/{run}/express/certify", fields)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Found, answer.Status));
        Assert.Equal(1, await CertificationsOfAsync(run));
    }

    [Fact]
    public async Task Without_the_token_nothing_is_taken()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var fields = (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(Form, [.. Good, ("__token", null)]);

        var page = await sara.PostAsync($"/runs/{run}/express/certify", fields);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("The form did not reach us whole", page.Words, StringComparison.Ordinal);
        Assert.Equal(0, await CertificationsOfAsync(run));
    }

    [Fact]
    public async Task A_form_from_one_replica_is_saved_by_another()
    {
        await using var other = await WebSite.ReplicaOfAsync(site);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var fields = (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(Form, Good);

        var saved = await sara.At(other).PostAsync($"/runs/{run}/express/certify", fields);
        var toast = await sara.GetAsync("/");

        Assert.Equal(HttpStatusCode.Found, saved.Status);
        Assert.Contains("is certified as good", toast.Toasts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_OMS_does_not_know_needs_a_second_look()
    {
        site.Outside.Weather = Weather.KnowsNothing;
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        var form = await sara.GetAsync($"/runs/{run}/express/certify");

        var doubted = await sara.PostAsync($"/runs/{run}/express/certify", form.Fields(Form, Good));
        var confirmed = await sara.PostAsync($"/runs/{run}/express/certify", form.Fields(Form, [.. Good, ("RunConfirmed", "true")]));

        Assert.Contains($"OMS knows no run {run}", form.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, doubted.Status);
        Assert.Equal(HttpStatusCode.Found, confirmed.Status);
    }

    [Fact]
    public async Task A_number_that_no_run_can_have_is_an_address_without_a_page()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync("/runs/9999999/express/certify")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync("/runs/380115/online/certify")).Status);
    }

    [Fact]
    public async Task My_own_certification_opens_for_change_and_somebody_elses_says_whose_it_is()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(sara.User!, run);

        var mine = await sara.GetAsync($"/runs/{run}/express/certify");
        var his = await tomas.GetAsync($"/runs/{run}/express/certify");
        var leader = await lena.GetAsync($"/runs/{run}/express/certify");

        Assert.Equal($"/certifications/{id}/edit", mine.Location);
        Assert.Equal(HttpStatusCode.Conflict, his.Status);
        Assert.Contains($"{sara.User!.Name} has certified {run} express", his.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Change it", his.Words, StringComparison.Ordinal);
        Assert.Equal($"/certifications/{id}/edit", leader.Location);
    }

    private async Task<int> CertificationsOfAsync(int run)
    {
        await using var db = site.Database.NewContext();
        return await db.Certifications.CountAsync(item => item.RunReconstruction!.RunNumber == run, Stop);
    }
}
