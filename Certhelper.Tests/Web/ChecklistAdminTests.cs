using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Web;

/// <summary>The pages on which administrators write checklists.</summary>
public sealed class ChecklistAdminTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.checklist-editor";

    [Fact]
    public async Task A_new_checklist_is_made_written_shown_on_the_form_changed_compared_and_retired()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var run = await site.Given.RunAsync();

        var made = await adam.SubmitAsync("/admin/checklists/new", "main form", ("Heading", "Cosmics <b>"), ("Key", "cosmics"));
        var first = await adam.GetAsync("/admin/checklists/cosmics/edit");
        var more = await adam.PostAsync("/admin/checklists/cosmics/edit", first.Fields(Form, ("Fields.Groups[0].Items[0].Text", "Look at <script>alert(1)</script> [it](oms:run)"), ("act", "item-add:0")));
        var published = await adam.PostAsync("/admin/checklists/cosmics/edit", more.Fields(
            Form, ("Fields.Groups[0].Items[1].Text", "How many"), ("Fields.Groups[0].Items[1].Kind", "Number"), ("Fields.Groups[0].Items[1].Max", "7.5"), ("Fields.Note", "First")));
        var form = await adam.GetAsync($"/runs/{run}/express/certify");
        await adam.SubmitAsync("/admin/checklists/cosmics/edit", Form, ("Fields.Groups[0].Items[1].Text", "How many tracks"), ("Fields.Note", "Clearer"));
        var compared = await adam.GetAsync("/admin/checklists/cosmics?version=2&with=1");
        var retired = await adam.PostAsync("/admin/checklists/cosmics/retire", compared.Fields("main form[action$='/retire']"));
        var without = await adam.GetAsync($"/runs/{run}/express/certify");
        var list = await adam.GetAsync("/admin/checklists");

        Assert.Equal("/admin/checklists/cosmics/edit", made.Location);
        Assert.Equal("Look at <script>alert(1)</script> [it](oms:run)", more.Fields(Form)["Fields.Groups[0].Items[0].Text"].Trim());
        Assert.Equal("/admin/checklists/cosmics", published.Location);
        Assert.Contains("Cosmics <b>", form.Find("#checklist-cosmics .checklist-title").TextContent, StringComparison.Ordinal);
        Assert.Equal($"https://cmsoms.cern.ch/cms/runs/report?cms_run={run}", form.Find("#checklist-cosmics a").GetAttribute("href"));
        Assert.Empty(form.Document.QuerySelectorAll("#checklist-cosmics script"));
        Assert.Contains("7.5 or less", form.Find("#checklist-cosmics").TextContent, StringComparison.Ordinal);
        Assert.Equal("out: • How many", compared.Find(".diff del").TextContent);
        Assert.Equal("in: • How many tracks", compared.Find(".diff ins").TextContent);
        Assert.Equal(HttpStatusCode.Found, retired.Status);
        Assert.Contains("Retired at", (await adam.GetAsync("/admin/checklists/cosmics")).Find("section[aria-labelledby=history-title]").TextContent, StringComparison.Ordinal);
        Assert.Null((await (await site.SignedInAsAsync(Role.Guest)).GetAsync("/admin/checklists/cosmics")).Document.QuerySelector("section[aria-labelledby=history-title]"));
        Assert.Null(without.Document.QuerySelector("#checklist-cosmics"));
        Assert.Contains("retired", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_overtaken_is_told_keeps_what_was_typed_and_can_publish_all_the_same()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var eva = await site.SignedInAsAsync(Role.Admin);
        var opened = await adam.GetAsync("/admin/checklists/trackermap/edit");
        await eva.SubmitAsync("/admin/checklists/trackermap/edit", Form, ("Fields.Description", "By Eva"), ("Fields.Note", "Shorter"));

        var told = await adam.PostAsync("/admin/checklists/trackermap/edit", opened.Fields(Form, ("Fields.Description", "By Adam"), ("Fields.Note", "Longer")));
        var again = await adam.PostAsync("/admin/checklists/trackermap/edit", told.Fields(Form));

        Assert.Equal(HttpStatusCode.Conflict, told.Status);
        Assert.Contains($"{eva.User!.Name} has published version 2 meanwhile", told.Words, StringComparison.Ordinal);
        Assert.Equal("By Adam", told.Fields(Form)["Fields.Description"].Trim());
        Assert.Equal("/admin/checklists/trackermap", again.Location);
        Assert.Contains("Version 3", (await adam.GetAsync("/admin/checklists/trackermap")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_somebody_else_changed_meanwhile_is_not_replaced_unseen()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var opened = await adam.GetAsync("/admin/checklists/tracking/edit");
        await adam.SubmitAsync("/admin/checklists/tracking/edit", Form, ("Fields.Title", "Tracks"));

        var told = await adam.PostAsync("/admin/checklists/tracking/edit", opened.Fields(Form, ("Fields.Title", "Tracking it")));
        var between = (await adam.GetAsync("/admin/checklists/tracking")).Find("h1").TextContent;
        var again = await adam.PostAsync("/admin/checklists/tracking/edit", told.Fields(Form));

        Assert.Equal(HttpStatusCode.Conflict, told.Status);
        Assert.Contains("It is “Tracks” at place", told.Words, StringComparison.Ordinal);
        Assert.Equal("Tracking it", told.Fields(Form)["Fields.Title"]);
        Assert.Equal("Tracks", between);
        Assert.Equal("/admin/checklists/tracking", again.Location);
    }

    [Fact]
    public async Task Adding_moving_and_removing_saves_nothing_and_loses_nothing()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var page = await adam.GetAsync("/admin/checklists/sistrip/edit");
        var first = page.Fields(Form)["Fields.Groups[0].Items[0].Text"];

        var moved = await adam.PostAsync("/admin/checklists/sistrip/edit", page.Fields(Form, ("Fields.Note", "typed"), ("act", "item-down:0:0")));
        var removed = await adam.PostAsync("/admin/checklists/sistrip/edit", moved.Fields(Form, ("act", "group-remove:1")));
        var nonsense = await adam.PostAsync("/admin/checklists/sistrip/edit", removed.Fields(Form, ("act", "item-up:99:-3")));
        var fresh = await adam.GetAsync("/admin/checklists/sistrip/edit");

        Assert.Equal(first, moved.Fields(Form)["Fields.Groups[0].Items[1].Text"]);
        Assert.Equal("typed", removed.Fields(Form)["Fields.Note"]);
        Assert.False(removed.Fields(Form).ContainsKey("Fields.Groups[1].Title"));
        Assert.Equal(HttpStatusCode.OK, nonsense.Status);
        Assert.Equal(first, fresh.Fields(Form)["Fields.Groups[0].Items[0].Text"]);
        Assert.True(fresh.Fields(Form).ContainsKey("Fields.Groups[1].Title"));
    }

    [Fact]
    public async Task A_mistake_is_named_at_its_field_and_what_was_typed_stays()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);

        var page = await adam.SubmitAsync("/admin/checklists/pixel/edit", Form, ("Fields.Groups[0].Items[1].Max", "lots"), ("Fields.Note", "x"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("lots", page.Fields(Form)["Fields.Groups[0].Items[1].Max"]);
        Assert.Contains("This is not a number", page.Find("#Fields_Groups_0__Items_1__Max-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_reads_checklists_and_only_administrators_find_the_way_to_change_them()
    {
        var gus = await site.SignedInAsAsync(Role.Guest);

        var list = await gus.GetAsync("/admin/checklists");
        var one = await gus.GetAsync("/admin/checklists/general");

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.DoesNotContain("New checklist", list.Words, StringComparison.Ordinal);
        Assert.Contains("came with the installation", one.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("@if", one.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await gus.GetAsync("/admin/checklists/no-such")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gus.GetAsync("/admin/checklists/general?version=99")).Status);
    }
}
