using System.Net;
using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Checklists, problems and bad reasons on the certify form through the real pipeline.</summary>
public sealed class CertifyChecklistsTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), ("Input.Comment", "Clean run."), .. GoodAnswers.Fields()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F082_the_five_checklists_are_on_the_form_with_their_items_and_links()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var page = await sara.GetAsync($"/runs/{run}/express/certify");

        Assert.Equal(["General", "Tracker map", "Pixel", "SiStrip", "Tracking"], page.Document.QuerySelectorAll(".checklist-title").Select(item => item.TextContent));
        Assert.Equal(["0 of 4", "0 of 3", "0 of 4", "0 of 4", "0 of 5"], page.Document.QuerySelectorAll("[data-count]").Select(item => item.TextContent));
        Assert.True(page.Find("#checklist-general").HasAttribute("open"));
        Assert.False(page.Find("#checklist-pixel").HasAttribute("open"));
        Assert.Equal($"https://cmsoms.cern.ch/cms/runs/report?cms_run={run}", page.Find("#checklist-general .check-item a").GetAttribute("href"));
        Assert.Contains($"runnr={run};dataset=%2FExpress%2FCollisions2024%2FDQM;workspace=Tracking", page.Find("#checklist-tracking .rich a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain("Check all", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Shift leader", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D44_the_server_wants_the_checklists_and_keeps_what_was_answered()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var page = await sara.SubmitAsync(
            $"/runs/{run}/express/certify", Form,
            [
                .. Good,
                (GoodAnswers.FieldOf("pixel:occupancy"), null),
                (GoodAnswers.FieldOf("sistrip:bad"), "1000"),
                (GoodAnswers.FieldOf("general:reference", "NotApplicable"), "true"),
                (GoodAnswers.FieldOf("general:reference", "Because"), "There is <none>"),
            ]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var fields = page.Fields(Form);
        Assert.Equal("yes", fields[GoodAnswers.FieldOf("tracking:maps")]);
        Assert.Equal("1000", fields[GoodAnswers.FieldOf("sistrip:bad")]);
        Assert.Equal("none", fields[GoodAnswers.FieldOf("sistrip:errors")]);
        Assert.Equal("There is <none>", fields[GoodAnswers.FieldOf("general:reference", "Because")]);
        Assert.False(fields.ContainsKey(GoodAnswers.FieldOf("pixel:occupancy")));
        Assert.True(page.Find("#checklist-pixel").HasAttribute("open"));
        Assert.True(page.Find("#checklist-sistrip").HasAttribute("open"));
        Assert.False(page.Find("#checklist-tracking").HasAttribute("open"));
        Assert.Contains("0 to 100 %", page.Find("#checklist-sistrip .field-error").TextContent, StringComparison.Ordinal);
        foreach (var link in page.Find(".summary-wrong").QuerySelectorAll("a"))
            Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")![1..]));
    }

    [Fact]
    public async Task F090_the_answers_stay_with_the_certification_and_come_back_when_it_is_changed()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.SubmitAsync(
            $"/runs/{run}/express/certify", Form,
            [.. Good, (GoodAnswers.FieldOf("sistrip:bad"), null), (GoodAnswers.FieldOf("sistrip:bad", "NotApplicable"), "true"), (GoodAnswers.FieldOf("sistrip:bad", "Because"), "No maps yet")]);
        var id = await IdOfAsync(run);

        var details = await sara.GetAsync($"/certifications/{id}");
        var edit = await sara.GetAsync($"/certifications/{id}/edit");
        var saved = await sara.PostAsync($"/certifications/{id}/edit", edit.Fields(Form, (GoodAnswers.FieldOf("trackermap:holes"), "new ones")));
        var after = await sara.GetAsync($"/certifications/{id}");

        Assert.Contains("No maps yet", details.Words, StringComparison.Ordinal);
        Assert.Contains($"by {sara.User!.Name}", details.Find(".answers").TextContent, StringComparison.Ordinal);
        Assert.Contains("version 1", details.Find(".answers").TextContent, StringComparison.Ordinal);
        Assert.Equal("yes", edit.Fields(Form)[GoodAnswers.FieldOf("pixel:occupancy")]);
        Assert.Equal("No maps yet", edit.Fields(Form)[GoodAnswers.FieldOf("sistrip:bad", "Because")]);
        Assert.Equal(HttpStatusCode.Found, saved.Status);
        Assert.Contains("new ones", after.Find(".answers").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_a_certification_without_answers_does_not_ask_for_them()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(sara.User!);

        var saved = await sara.SubmitAsync($"/certifications/{id}/edit", Form, ("Input.Comment", "F-079"));

        Assert.Equal(HttpStatusCode.Found, saved.Status);
    }

    [Fact]
    public async Task D46_problems_of_each_component_are_chosen_shown_and_kept()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var form = await sara.GetAsync($"/runs/{run}/express/certify");
        var labels = form.Document.QuerySelectorAll(".problems .problem-name").Select(item => item.TextContent).ToList();
        await using var db = site.Database.NewContext();
        var problems = await db.ComponentProblems.Where(problem => problem.Component == Component.Pixel && (problem.Name == "Timing" || problem.Name == "FED errors" || problem.Name == "Noisy modules")).OrderBy(problem => problem.Name).ToListAsync(Stop);
        var reason = await db.BadReasons.Select(row => row.Id).FirstAsync(Stop);
        var fields = form.Fields(Form, [.. Good, ("Input.Pixel", "Bad"), ("Input.BadReasonId", $"{reason}")])
            .Concat(problems.Select(problem => KeyValuePair.Create("Input.ProblemIds", $"{problem.Id}")));

        var saved = await sara.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/runs/{run}/express/certify") { Content = new FormUrlEncodedContent(fields) });
        var id = await IdOfAsync(run);
        var details = await sara.GetAsync($"/certifications/{id}");
        var edit = await sara.GetAsync($"/certifications/{id}/edit");

        Assert.Contains("Out of synchronisation", labels);
        Assert.Contains("Holes in eta-phi", labels);
        Assert.Equal(2, problems.Count);
        Assert.Equal(HttpStatusCode.Found, saved.Status);
        Assert.Contains("FED errors, Timing", details.Words, StringComparison.Ordinal);
        Assert.Equal(problems.Select(problem => $"{problem.Id}").Order(), edit.Document.QuerySelectorAll("input[name='Input.ProblemIds'][checked]").Select(item => item.GetAttribute("value")!).Order());
        Assert.True(edit.Document.QuerySelectorAll(".problems")[0].HasAttribute("open"));
        Assert.False(edit.Document.QuerySelectorAll(".problems")[1].HasAttribute("open"));
    }

    [Fact]
    public async Task D43_bad_needs_a_reason_and_a_comment_at_their_fields()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();

        var page = await sara.SubmitAsync($"/runs/{run}/express/certify", Form, [.. Good, ("Input.Tracking", "Bad"), ("Input.Comment", " ")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("A bad component needs a reason.", page.Find("#Input_BadReasonId-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("A bad component needs a comment", page.Find("#Input_Comment-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D45_a_reason_added_from_the_form_answers_with_its_id_and_F062_one_that_is_there_says_so()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var token = await sara.TokenAsync();
        var name = "Cooling " + Guid.NewGuid().ToString("N")[..6];

        var added = await sara.PostAsync("/bad-reasons/add", new(token) { ["Name"] = name, ["Description"] = "Warm <ring>" }, ("HX-Request", "true"));
        var again = await sara.PostAsync("/bad-reasons/add", new(token) { ["Name"] = name.ToUpperInvariant(), ["Description"] = "x" }, ("HX-Request", "true"));
        var wrong = await sara.PostAsync("/bad-reasons/add", new(token) { ["Name"] = new string('n', 61), ["Description"] = "" }, ("HX-Request", "true"));
        var page = await sara.PostAsync("/bad-reasons/add", new(token) { ["Name"] = name, ["Description"] = "x" });

        await using var db = site.Database.NewContext();
        var id = await db.BadReasons.Where(reason => reason.Name == name).Select(reason => reason.Id).SingleAsync(Stop);
        var first = JsonDocument.Parse(added.Text).RootElement;
        Assert.Equal((id, name, "Warm <ring>"), (first.GetProperty("id").GetInt32(), first.GetProperty("name").GetString(), first.GetProperty("description").GetString()));
        Assert.Equal($"“{name}” was there already. It is chosen.", JsonDocument.Parse(again.Text).RootElement.GetProperty("words").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(new string('n', 61), wrong.Fields("form")["Name"]);
        Assert.Contains("longer than 60 characters", wrong.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Null(wrong.Document.QuerySelector("header.bar"));
        Assert.Contains($"“{name}” was there already.", page.Words, StringComparison.Ordinal);
    }

    private async Task<int> IdOfAsync(int run)
    {
        await using var db = site.Database.NewContext();
        return await db.Certifications.Where(item => item.RunReconstruction!.RunNumber == run).Select(item => item.Id).SingleAsync(Stop);
    }
}
