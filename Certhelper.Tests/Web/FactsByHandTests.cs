using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Facts typed by hand: optional, each for itself, the person's for good.</summary>
public sealed class FactsByHandTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()];

    [Fact]
    public async Task D20_a_run_type_that_a_person_typed_is_kept_at_every_save()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Facts.Type", "Cosmics")]);
        var id = await CertificationAsync(run);
        await sara.SubmitAsync($"/certifications/{id}/edit", Form, [.. Good, ("Input.Comment", "once more")]);

        var stored = await RunAsync(run);
        Assert.Equal((RunType.Cosmics, FactSource.Person), (stored.Type, stored.Origins[nameof(Run.Type)].Source));
    }

    [Fact]
    public async Task D28_the_luminosity_at_start_of_the_run_is_not_that_of_the_fill()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Facts.InitLumiE30", "12345"), ("Facts.EndLumiE30", "9876")]);

        var stored = await RunAsync(run);
        Assert.Equal((12345.0, 9876.0, (double?)null), (stored.InitLumiE30!.Value, stored.EndLumiE30!.Value, stored.Fill!.InitLumiE30));
    }

    [Fact]
    public async Task D29_nothing_has_to_be_typed_and_a_run_without_a_fill_is_certified()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();

        var saved = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, Good);

        Assert.Equal(HttpStatusCode.Found, saved.Status);
        Assert.Null((await RunAsync(run)).FillNumber);
    }

    [Fact]
    public async Task D30_a_typed_fill_is_checked_and_an_existing_one_is_left_as_it_is()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        await using (var db = site.Database.NewContext())
        {
            db.Fills.Add(new Fill { FillNumber = 10_240, PeakPileup = 61.2, BunchesColliding = 2340, FetchedAt = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var wrong = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Facts.FillNumber", "-7")]);
        var right = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Facts.FillNumber", "10240"), ("Facts.InitLumiE30", "5")]);

        Assert.Contains("The fill number is between 1 and 99,999.", wrong.Find("#Facts_FillNumber-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, right.Status);
        var fill = (await RunAsync(run)).Fill!;
        Assert.Equal((10_240, 61.2, 2340, (double?)null), (fill.FillNumber, fill.PeakPileup!.Value, fill.BunchesColliding!.Value, fill.InitLumiE30));
    }

    [Fact]
    public async Task Facts_of_a_fill_are_typed_where_OMS_has_told_none()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        var known = await site.Given.RunAsync();
        await using (var db = site.Database.NewContext())
        {
            var fill = await db.Fills.SingleAsync(row => row.FillNumber == 9_000_000 + known, TestContext.Current.CancellationToken);
            fill.Origins = new() { [nameof(Fill.PeakPileup)] = new FactOrigin(FactSource.Oms, TimeProvider.System.GetUtcNow()) };
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var nameless = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Facts.FillPeakPileup", "55.5")]);
        var saved = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Facts.FillNumber", "10241"), ("Facts.FillPeakPileup", "55.5"), ("Facts.FillBunchesColliding", "2340")]);
        var told = await sara.SubmitAsync($"/runs/{known}/express/certify", Form, [.. Good, ("Facts.FillPeakPileup", "1"), ("Facts.FillPeakLumiE30", "20000")]);

        Assert.Contains("Type the number of the fill too.", nameless.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, saved.Status);
        var typed = (await RunAsync(run)).Fill!;
        Assert.Equal((10_241, 55.5, 2340), (typed.FillNumber, typed.PeakPileup!.Value, typed.BunchesColliding!.Value));
        Assert.Equal(FactSource.Person, typed.Origins[nameof(Fill.PeakPileup)].Source);
        Assert.Contains("OMS has told this of fill", told.Find("#Facts_FillPeakPileup-error").TextContent, StringComparison.Ordinal);
        var kept = (await RunAsync(known)).Fill!;
        Assert.Equal((61.2, (double?)null), (kept.PeakPileup!.Value, kept.PeakLumiE30));
    }

    [Fact]
    public async Task A_certification_that_is_refused_leaves_the_facts_of_its_run_as_they_were()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var unknown = Samples.NextRun();
        var run = await site.Given.RunAsync();
        (string Name, string? Value)[] typed = [.. Good, ("Facts.Era", "Typed2026"), ("Input.ReferenceId", "99999999")];

        var first = await sara.SubmitAsync($"/runs/{unknown}/express/certify", Form, typed);
        await sara.SubmitAsync($"/runs/{run}/express/certify", Form, Good);
        var second = await sara.SubmitAsync($"/certifications/{await CertificationAsync(run)}/edit", Form, typed);

        Assert.All([first, second], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.All([first, second], answer => Assert.Equal("Typed2026", answer.Find("#Facts_Era").GetAttribute("value")));
        Assert.NotEqual("Typed2026", (await RunAsync(run)).Era);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Runs.AnyAsync(row => row.RunNumber == unknown, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Facts_that_are_refused_leave_the_certification_as_it_was()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await using (var db = site.Database.NewContext())
        {
            var fill = await db.Fills.SingleAsync(row => row.FillNumber == 9_000_000 + run, TestContext.Current.CancellationToken);
            fill.Origins = new() { [nameof(Fill.PeakPileup)] = new FactOrigin(FactSource.Oms, TimeProvider.System.GetUtcNow()) };
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Input.Comment", "before")]);
        var id = await CertificationAsync(run);
        var refused = await sara.SubmitAsync($"/certifications/{id}/edit", Form, [.. Good, ("Input.Comment", "after"), ("Facts.FillPeakPileup", "1")]);

        Assert.Contains("OMS has told this of fill", refused.Find("#Facts_FillPeakPileup-error").TextContent, StringComparison.Ordinal);
        await using var now = site.Database.NewContext();
        Assert.Equal("before", (await now.Certifications.SingleAsync(item => item.Id == id, TestContext.Current.CancellationToken)).Comment);
    }

    [Fact]
    public async Task D31_correcting_a_value_of_OMS_keeps_the_dataset_and_works_on_the_page_that_changes_too()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.DatasetAsync(run, "/Express/Cosmics2024/DQM");

        await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Input.DatasetName", "/Express/Cosmics2024/DQM"), ("Facts.BFieldTesla", "0.1")]);
        var id = await CertificationAsync(run);
        await sara.SubmitAsync($"/certifications/{id}/edit", Form, [.. Good, ("Facts.Lumisections", "300")]);

        var stored = await RunAsync(run);
        Assert.Equal((0.1, 300), (stored.BFieldTesla!.Value, stored.Lumisections!.Value));
        await using var db = site.Database.NewContext();
        Assert.Equal("/Express/Cosmics2024/DQM", (await db.Certifications.SingleAsync(item => item.Id == id, TestContext.Current.CancellationToken)).DatasetName);
    }

    [Fact]
    public async Task D50_the_day_is_today_at_the_experiment_and_no_year_is_frozen()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var date = (await sara.GetAsync($"/runs/{run}/express/certify")).Find("#Input_Date");

        Assert.Equal("date", date.GetAttribute("type"));
        Assert.Equal(Certhelper.Web.Shell.Clock.Iso(Certhelper.Core.Runs.ExperimentDay.Today(TimeProvider.System)), date.GetAttribute("value"));
    }

    [Fact]
    public async Task Facts_are_asked_for_again_in_place_and_say_how_that_went()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        site.Outside.Weather = Weather.Refuses;

        var fragment = await sara.PressAsync($"/runs/{run}/refresh", ("HX-Request", "true"), ("HX-Target", "form-facts"));

        Assert.Equal(HttpStatusCode.OK, fragment.Status);
        Assert.StartsWith("<div id=\"form-facts\"", fragment.Text.Trim(), StringComparison.Ordinal);
        Assert.Contains("Below is what it said last.", fragment.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<input", fragment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_that_changed_since_the_certification_is_marked_with_what_it_was()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.SubmitAsync($"/runs/{run}/express/certify", Form, Good);
        await using (var db = site.Database.NewContext())
            await db.Runs.Where(row => row.RunNumber == run).ExecuteUpdateAsync(set => set.SetProperty(row => row.Lumisections, 411), TestContext.Current.CancellationToken);

        var page = await sara.GetAsync($"/certifications/{await CertificationAsync(run)}/edit");

        Assert.Contains("was 308", page.Find("#form-facts .fact-was").TextContent, StringComparison.Ordinal);
    }

    private async Task<Run> RunAsync(int number)
    {
        await using var db = site.Database.NewContext();
        return await db.Runs.Include(run => run.Fill).SingleAsync(run => run.RunNumber == number, TestContext.Current.CancellationToken);
    }

    private async Task<int> CertificationAsync(int run)
    {
        await using var db = site.Database.NewContext();
        return await db.Certifications.Where(item => item.RunReconstruction!.RunNumber == run).Select(item => item.Id).SingleAsync(TestContext.Current.CancellationToken);
    }
}
