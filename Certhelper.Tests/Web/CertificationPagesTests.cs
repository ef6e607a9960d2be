using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Changing, deleting, restoring and promoting certifications, and retiring references.</summary>
public sealed class CertificationPagesTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_appears_in_the_history_with_old_new_and_why()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(sara.User!);

        var saved = await sara.SubmitAsync($"/certifications/{id}/edit", Form, ("Input.Comment", "Looked again."), ("Why", "A colleague asked"));
        var page = await sara.GetAsync($"/certifications/{id}");

        Assert.Equal($"/certifications/{id}", saved.Location);
        var entry = page.Find(".timeline li").TextContent;
        Assert.Contains("Changed", entry, StringComparison.Ordinal);
        Assert.Contains("A colleague asked", entry, StringComparison.Ordinal);
        Assert.Equal("As usual.", page.Find(".timeline li del").TextContent);
        Assert.Equal("Looked again.", page.Find(".timeline li ins").TextContent);
    }

    [Fact]
    public async Task A_conflict_shows_both_versions_and_the_second_save_wins()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var id = await site.Given.CertificationAsync(sara.User!);
        var opened = await sara.GetAsync($"/certifications/{id}/edit");
        await lena.SubmitAsync($"/certifications/{id}/edit", Form, ("Input.Comment", "What Lena saw"));

        var conflict = await sara.PostAsync($"/certifications/{id}/edit", opened.Fields(Form, ("Input.Comment", "What Sara saw")));
        var again = await sara.PostAsync($"/certifications/{id}/edit", conflict.Fields(Form));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains(lena.User!.Name, conflict.Find(".conflict").TextContent, StringComparison.Ordinal);
        var row = conflict.Find(".conflict tbody tr");
        Assert.Equal("What Sara saw", row.QuerySelector("[data-head=Yours]")!.TextContent.Trim());
        Assert.Equal("What Lena saw", row.QuerySelector("[data-head=Theirs]")!.TextContent.Trim());
        Assert.Equal("What Sara saw", conflict.Fields(Form)["Input.Comment"].Trim());
        Assert.Equal(HttpStatusCode.Found, again.Status);
        await using var db = site.Database.NewContext();
        Assert.Equal("What Sara saw", (await db.Certifications.SingleAsync(item => item.Id == id, Stop)).Comment);
    }

    [Fact]
    public async Task D55_in_a_conflict_each_field_can_be_chosen_and_nothing_is_lost()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var id = await site.Given.CertificationAsync(sara.User!);
        var opened = await sara.GetAsync($"/certifications/{id}/edit");
        await lena.SubmitAsync($"/certifications/{id}/edit", Form, ("Input.Comment", "What Lena saw"), ("Input.PixelLowStatistics", "true"));

        var conflict = await sara.PostAsync($"/certifications/{id}/edit", opened.Fields(Form, ("Input.Comment", "What Sara saw"), ("Input.TrackingLowStatistics", "true")));
        var chosen = conflict.Fields(Form, ("Take[Pixel]", "theirs"), ("Take[Comment]", "theirs"), ("Take[Tracking]", "yours"));
        var saved = await sara.PostAsync($"/certifications/{id}/edit", chosen);

        Assert.NotNull(conflict.Find("#take-Pixel-theirs").GetAttribute("checked"));
        Assert.NotNull(conflict.Find("#take-Comment-yours").GetAttribute("checked"));
        Assert.NotNull(conflict.Find("#take-Tracking-yours").GetAttribute("checked"));
        Assert.Equal(HttpStatusCode.Found, saved.Status);
        await using var db = site.Database.NewContext();
        var item = await db.Certifications.Include(row => row.Revisions).SingleAsync(row => row.Id == id, Stop);
        Assert.Equal(("What Lena saw", true, true), (item.Comment, item.PixelLowStatistics, item.TrackingLowStatistics));
        Assert.Equal(["Tracking"], item.Revisions.OrderBy(row => row.Number).Last().Changes.Select(change => change.Field));
    }

    [Fact]
    public async Task A_certification_is_handed_over_and_the_history_says_so()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(sara.User!);

        var nobody = await sara.SubmitAsync($"/certifications/{id}/hand-over", "main form", ("Why", "End of shift"));
        var strange = await tomas.GetAsync($"/certifications/{id}/hand-over");
        var done = await sara.SubmitAsync($"/certifications/{id}/hand-over", "main form", ("ToUserId", $"{tomas.User!.Id}"), ("Why", "End of shift"));
        var page = await tomas.GetAsync($"/certifications/{id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
        Assert.Contains("End of shift", nobody.Find("#Why").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, strange.Status);
        Assert.Equal($"/certifications/{id}", done.Location);
        var entry = page.Find(".timeline li").TextContent;
        Assert.Contains("Handed over", entry, StringComparison.Ordinal);
        Assert.Contains(tomas.User.Name, entry, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='/certifications/{id}/edit']"));
    }

    [Fact]
    public async Task Removing_for_good_asks_an_administrator_for_the_name()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(lena.User!, run);

        var living = await adam.GetAsync($"/certifications/{id}/remove");
        await lena.SubmitAsync($"/certifications/{id}/delete", "main form", ("Why", "Wrong run"));
        var leader = await lena.GetAsync($"/certifications/{id}/remove");
        var wrong = await adam.SubmitAsync($"/certifications/{id}/remove", "main form", ("TypedName", $"{run} prompt"), ("Why", "A test"));
        var done = await adam.SubmitAsync($"/certifications/{id}/remove", "main form", ("TypedName", $"{run} express"), ("Why", "A test"));
        var list = await adam.GetAsync("/admin/removed");

        Assert.Equal(HttpStatusCode.NotFound, living.Status);
        Assert.Equal(HttpStatusCode.Forbidden, leader.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains($"Type {run} express to confirm", wrong.Words, StringComparison.Ordinal);
        Assert.Equal("/admin/removed", done.Location);
        Assert.Contains("Wrong run", list.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await adam.GetAsync($"/certifications/{id}")).Status);
    }

    [Fact]
    public async Task Each_revision_has_a_page_with_what_it_was_based_on_and_what_changed_since()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(sara.User!, run);
        await sara.SubmitAsync($"/certifications/{id}/edit", Form, ("Input.Comment", "Looked again."), ("Why", "To be sure"));
        await using var db = site.Database.NewContext();
        await db.Runs.Where(row => row.RunNumber == run).ExecuteUpdateAsync(set => set.SetProperty(row => row.Lumisections, 400), Stop);

        var page = await sara.GetAsync($"/certifications/{id}/revisions/2");
        var first = await sara.GetAsync($"/certifications/{id}/revisions/1");
        var none = await sara.GetAsync($"/certifications/{id}/revisions/3");

        Assert.Contains("To be sure", page.Words, StringComparison.Ordinal);
        Assert.Contains("1 changed since", page.Words, StringComparison.Ordinal);
        Assert.Contains("now 400", page.Words, StringComparison.Ordinal);
        Assert.Contains("no facts were frozen", first.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, none.Status);
    }

    [Fact]
    public async Task A_leader_who_changes_somebody_elses_is_warned_and_it_stays_theirs()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var id = await site.Given.CertificationAsync(sara.User!);

        var form = await lena.GetAsync($"/certifications/{id}/edit");
        await lena.PostAsync($"/certifications/{id}/edit", form.Fields(Form, ("Input.Comment", "By the leader")));

        Assert.Contains($"This is the certification of {sara.User!.Name}", form.Words, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.Equal(sara.User.Id, (await db.Certifications.SingleAsync(item => item.Id == id, Stop)).OwnerId);
    }

    [Fact]
    public async Task A_shifter_cannot_change_somebody_elses()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(sara.User!);
        var fields = (await sara.GetAsync($"/certifications/{id}/edit")).Fields(Form, ("Input.Comment", "Not his to change"));
        fields["__token"] = (await tomas.TokenAsync())["__token"];

        var page = await tomas.PostAsync($"/certifications/{id}/edit", fields);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Change certifications of other people", page.Words, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.Equal("As usual.", (await db.Certifications.SingleAsync(item => item.Id == id, Stop)).Comment);
    }

    [Fact]
    public async Task Deleting_asks_for_a_reason_and_can_be_undone()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(lena.User!, run);

        var asked = await lena.SubmitAsync($"/certifications/{id}/delete", "main form", ("Why", ""));
        var deleted = await lena.SubmitAsync($"/certifications/{id}/delete", "main form", ("Why", "Wrong run"));
        var list = await lena.GetAsync("/certifications?deleted=true");
        var undo = list.Find(".toast-note form").GetAttribute("action")!;
        var shifter = await site.SignedInAsAsync(Role.Shifter);
        var hidden = await shifter.GetAsync($"/certifications/{id}");
        var restored = await lena.PressAsync(undo);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("Say why", asked.Words, StringComparison.Ordinal);
        Assert.Equal("/certifications", deleted.Location);
        Assert.Contains($"{run} express", list.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.Equal($"/certifications/{id}", restored.Location);
        await using var db = site.Database.NewContext();
        Assert.Null((await db.Certifications.SingleAsync(item => item.Id == id, Stop)).DeletedAt);
    }

    [Fact]
    public async Task Deleting_what_somebody_changed_meanwhile_asks_again()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(lena.User!, run);
        var opened = await lena.GetAsync($"/certifications/{id}/delete");
        await lena.SubmitAsync($"/certifications/{id}/edit", Form, ("Input.Comment", "Changed"));

        var page = await lena.PostAsync($"/certifications/{id}/delete", opened.Fields("main form", ("Why", "Wrong run")));

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        await using var db = site.Database.NewContext();
        Assert.True(await db.Certifications.AnyAsync(item => item.Id == id, Stop));
    }

    [Fact]
    public async Task A_good_certification_becomes_a_reference_and_a_bad_one_does_not()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var good = await site.Given.CertificationAsync(lena.User!);
        var bad = await site.Given.CertificationAsync(lena.User!, strip: ComponentVerdict.Bad);

        await lena.PressAsync($"/certifications/{good}/promote");
        var done = await lena.GetAsync($"/certifications/{good}");
        await lena.PressAsync($"/certifications/{bad}/promote");
        var refused = await lena.GetAsync($"/certifications/{bad}");

        Assert.Contains("It is a reference now", done.Toasts, StringComparison.Ordinal);
        Assert.DoesNotContain("Make it a reference", done.Words, StringComparison.Ordinal);
        Assert.Contains("Only a run that is certified as good", refused.Toasts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_reference_leaves_the_choice_but_stays_readable()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var reference = await site.Given.ReferenceAsync(lena.User!);
        var run = await site.Given.RunAsync();

        var empty = await lena.SubmitAsync($"/references/{reference}/retire", "main form");
        var retired = await lena.SubmitAsync($"/references/{reference}/retire", "main form", ("Reason", "A newer one is better"));
        var form = await lena.GetAsync($"/runs/{run}/express/certify");
        var list = await lena.GetAsync("/references?retired=true");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal("/references", retired.Location);
        Assert.Null(form.Document.QuerySelector($"#Input_ReferenceId option[value='{reference}']"));
        Assert.Contains("A newer one is better", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restoring_what_was_certified_again_names_the_other()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var old = await site.Given.CertificationAsync(lena.User!, run);
        await site.Given.DeletedAsync(old);
        var newer = await site.Given.CertificationAsync(lena.User!, run);

        var page = await lena.PressAsync($"/certifications/{old}/restore");

        Assert.Equal($"/certifications/{newer}", page.Location);
        await using var db = site.Database.NewContext();
        Assert.NotNull((await db.Certifications.IgnoreQueryFilters([Filters.Living]).SingleAsync(item => item.Id == old, Stop)).DeletedAt);
    }
}
