using System.Net;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The pages of administrators: people, lists, services; and seeing the site as another role.</summary>
public sealed class AdminPagesTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F007_people_are_found_by_name_login_and_mail_and_filtered_by_role_and_state()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var number = Guid.NewGuid().ToString("N")[..8];
        await site.Given.PersonAsync("find.me." + number, "Zoë Searched " + number, Role.Expert);

        var byName = await adam.GetAsync("/admin/people?q=Searched+" + number);
        var byRole = await adam.GetAsync($"/admin/people?q={number}&role=Expert&state=active");
        var other = await adam.GetAsync($"/admin/people?q={number}&role=Shifter");
        var wild = await adam.GetAsync("/admin/people?q=%25_%25");
        var wrong = await adam.GetAsync("/admin/people?role=Emperor");

        Assert.Contains("Zoë Searched", byName.Words, StringComparison.Ordinal);
        Assert.Contains("Zoë Searched", byRole.Words, StringComparison.Ordinal);
        Assert.Contains("Nobody fits", other.Words, StringComparison.Ordinal);
        Assert.Contains("Nobody fits", wild.Words, StringComparison.Ordinal);
        Assert.Contains("Nothing is listed", wrong.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_people_costs_the_same_with_few_and_with_many()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var adam = await own.SignedInAsAsync(Role.Admin);
        await adam.GetAsync("/admin/people");
        var few = await CostAsync();
        for (var number = 0; number < 30; number++) await own.Given.PersonAsync($"person.{number}", $"Person {number}", Role.Shifter);

        Assert.Equal(few, await CostAsync());
        Assert.Contains("Next", (await adam.GetAsync("/admin/people")).Words, StringComparison.Ordinal);

        async Task<int> CostAsync()
        {
            var before = own.Commands.Count;
            await adam.GetAsync("/admin/people");
            return own.Commands.Count - before;
        }
    }

    [Fact]
    public async Task F006_an_administrator_grants_a_role_with_reason_and_end_on_the_page_and_takes_it_back()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var page = $"/admin/people/{sara.User!.Id}";
        const string Grant = "form[action$='handler=grant']";

        var wrong = await adam.PostAsync(page + "?handler=grant", (await adam.GetAsync(page)).Fields(Grant, ("Role", "ShiftLeader"), ("Why", "Stands in")));
        var done = await adam.PostAsync(page + "?handler=grant", wrong.Fields(Grant, ("Until", DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))));
        var leads = (await sara.GetAsync("/leader?days=all")).Status;
        var granted = await adam.GetAsync(page);
        await adam.PostAsync(page + "?handler=withdraw", granted.Fields("form[action$='handler=withdraw']", ("Why", "Is back")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("Stands in", wrong.Fields(Grant)["Why"]);
        Assert.Equal(page, done.Location);
        Assert.Equal(HttpStatusCode.OK, leads);
        Assert.Equal(HttpStatusCode.Forbidden, (await sara.GetAsync("/leader?days=all")).Status);
        Assert.Contains("withdrawn", (await adam.GetAsync(page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D05_an_administrator_finds_no_form_on_the_own_page_and_a_forged_one_is_refused()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var other = await site.SignedInAsAsync(Role.Shifter);
        var own = $"/admin/people/{adam.User!.Id}";
        var page = await adam.GetAsync(own);

        var forged = await adam.PostAsync(own + "?handler=grant", (await adam.GetAsync($"/admin/people/{other.User!.Id}")).Fields(
            "form[action$='handler=grant']", ("Role", "Ops"), ("Until", "2026-12-24"), ("Why", "Mine")));

        Assert.Null(page.Document.QuerySelector("form[action$='handler=grant']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.Status);
        Assert.Contains("Nobody grants a role to himself", forged.Words, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.False(await db.RoleGrants.AnyAsync(grant => grant.UserId == adam.User.Id, Stop));
    }

    [Fact]
    public async Task F174_a_problem_is_added_renamed_retired_and_stays_where_it_was_named()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var name = "Noise " + Guid.NewGuid().ToString("N")[..6];
        var run = await site.Given.RunAsync();

        var added = await adam.SubmitAsync("/admin/choices/problems/edit", "main form", ("Name", name), ("Component", "Strip"), ("Description", "Too many clusters"), ("Position", "5"));
        await using var db = site.Database.NewContext();
        var problem = await db.ComponentProblems.SingleAsync(item => item.Name == name, Stop);
        var edit = $"/admin/choices/problems/edit/{problem.Id}";
        var twice = await adam.SubmitAsync("/admin/choices/problems/edit", "main form", ("Name", name.ToUpperInvariant()), ("Component", "Strip"), ("Description", "Again"));
        await adam.SubmitAsync(edit, "main form", ("Name", name + " b"));
        var offered = await adam.GetAsync($"/runs/{run}/express/certify");
        await adam.SubmitAsync(edit, "main form", ("Retired", "true"));
        var retired = await adam.GetAsync($"/runs/{run}/express/certify");

        Assert.Equal("/admin/choices/problems", added.Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.NotNull(twice.Document.QuerySelector("#Name-error"));
        Assert.Contains(name + " b", offered.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(name, retired.Words, StringComparison.Ordinal);
        Assert.Contains(name + " b", (await adam.GetAsync("/admin/choices/problems")).Words, StringComparison.Ordinal);
        var history = (await adam.GetAsync(edit)).Find("section[aria-labelledby=history-title]").TextContent;
        Assert.Contains(name, history, StringComparison.Ordinal);
        Assert.Contains("Retired at", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F174_a_bad_reason_that_is_retired_cannot_be_chosen_anew_and_two_who_change_it_are_told()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await adam.SubmitAsync("/admin/choices/reasons/edit", "main form", ("Name", "Retired reason"), ("Description", "Once"));
        await using var db = site.Database.NewContext();
        var reason = await db.BadReasons.SingleAsync(item => item.Name == "Retired reason", Stop);
        var edit = $"/admin/choices/reasons/edit/{reason.Id}";
        var opened = await adam.GetAsync(edit);
        await adam.SubmitAsync(edit, "main form", ("Retired", "true"));

        var overtaken = await adam.PostAsync(edit, opened.Fields("main form", ("Description", "Mine")));
        var form = await adam.GetAsync($"/runs/{await site.Given.RunAsync()}/express/certify");
        var again = await adam.SubmitAsync("/bad-reasons/add", "main form", ("Name", "retired REASON"), ("Description", "Again"));

        Assert.Equal(HttpStatusCode.Conflict, overtaken.Status);
        Assert.Equal("Mine", overtaken.Fields("main form")["Description"].Trim());
        Assert.DoesNotContain("Retired reason", form.Find("#Input_BadReasonId").TextContent, StringComparison.Ordinal);
        Assert.Contains("retired", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_views_as_another_role_sees_what_it_sees_changes_nothing_and_comes_back()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await adam.SubmitAsync("/admin/view-as", "main form", ("Role", "Shifter"));

        var page = await adam.GetAsync("/comparison");
        var leader = (await adam.GetAsync("/leader?days=all")).Status;
        var people = (await adam.GetAsync("/admin/people")).Status;
        var changed = await adam.SubmitAsync("/bad-reasons/add", "main form", ("Name", "Viewed"), ("Description", "As"));
        var api = await adam.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs"));
        var back = await adam.PostAsync("/admin/view-as", page.Fields("aside form", ("act", "end")));

        Assert.Contains("You view the site as Shifter", page.Words, StringComparison.Ordinal);
        Assert.Contains(adam.User!.Name, page.Find(".bar").TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (leader, people));
        Assert.Equal(HttpStatusCode.Forbidden, changed.Status);
        Assert.Contains("nothing can be changed meanwhile", changed.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, api.Status);
        Assert.Equal("/admin/view-as", back.Location);
        Assert.Equal(HttpStatusCode.OK, (await adam.GetAsync("/admin/people")).Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.BadReasons.AnyAsync(reason => reason.Name == "Viewed", Stop));
    }

    [Fact]
    public async Task Nobody_views_as_an_administrator_and_only_administrators_view_as_others()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader, Role.Ops);

        var up = await adam.PostAsync("/admin/view-as", new(await adam.TokenAsync()) { ["Role"] = "Admin" });
        var leader = await lena.PostAsync("/admin/view-as", new(await lena.TokenAsync()) { ["Role"] = "Expert" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, up.Status);
        Assert.Equal(HttpStatusCode.Forbidden, leader.Status);
    }

    [Fact]
    public async Task A_refusal_says_which_role_would_do_and_which_e_group_gives_it_to_people_and_to_programs()
    {
        var gus = await site.SignedInAsAsync(Role.Guest);

        var page = await gus.GetAsync("/leader?days=all");

        Assert.Contains("Shift leader: e-group cms-tracker-offline-shiftleader or tkdqmdoctor-shiftleaders", page.Words, StringComparison.Ordinal);
        Assert.Contains("cms-dqm-certification-experts", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_who_saw_older_rights_is_told_and_keeps_what_was_typed()
    {
        var (adam, eva) = (await site.SignedInAsAsync(Role.Admin), await site.SignedInAsAsync(Role.Admin));
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var address = $"/admin/people/{sara.User!.Id}";
        const string Grant = "form[action$='handler=grant']", State = "form[action$='handler=state']";
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var seen = await eva.GetAsync(address);
        await adam.PostAsync(address + "?handler=state", (await adam.GetAsync(address)).Fields(State, ("Why", "Left")));

        var told = await eva.PostAsync(address + "?handler=grant", seen.Fields(Grant, ("Role", "Expert"), ("Until", day), ("Why", "Helps out")));
        await using var db = site.Database.NewContext();
        var none = await db.RoleGrants.AnyAsync(grant => grant.UserId == sara.User.Id, Stop);
        var meant = await eva.PostAsync(address + "?handler=grant", told.Fields(Grant));

        Assert.Equal((HttpStatusCode.Conflict, false), (told.Status, none));
        Assert.Equal(("Expert", "Helps out"), (told.Fields(Grant)["Role"], told.Fields(Grant)["Why"]));
        Assert.Contains("deactivated", told.Words, StringComparison.Ordinal);
        Assert.Equal(address, meant.Location);
    }

    [Fact]
    public async Task F011_the_administration_is_in_the_rail_for_operators_and_administrators_only()
    {
        foreach (var (role, sees) in new[] { (Role.Guest, false), (Role.Shifter, false), (Role.ShiftLeader, false), (Role.Expert, false), (Role.Ops, true), (Role.Admin, true) })
        {
            var visitor = await site.SignedInAsAsync(role);
            Assert.Equal(sees, (await visitor.GetAsync("/links")).Document.QuerySelector(".rail a[href='/admin']") is not null);
            Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visitor.GetAsync("/admin")).Status);
        }
    }

    [Fact]
    public async Task A_service_is_tested_by_a_button_and_how_it_went_is_kept()
    {
        var olga = await site.SignedInAsAsync(Role.Ops);
        site.Outside.Weather = Weather.KnowsNothing;
        var good = await olga.PostAsync("/admin/services", new(await olga.TokenAsync()) { ["service"] = SourceContact.Oms });
        site.Outside.Weather = Weather.Refuses;
        var bad = await olga.PostAsync("/admin/services", new(await olga.TokenAsync()) { ["service"] = SourceContact.Ebutz });
        var away = await olga.PostAsync("/admin/services", new(await olga.TokenAsync()) { ["service"] = "CERN SSO" });
        var none = await olga.PostAsync("/admin/services", new(await olga.TokenAsync()) { ["service"] = "http://evil.example" });

        Assert.Equal(("/admin/services", "/admin/services", "/admin/services"), (good.Location, bad.Location, away.Location));
        Assert.Equal(HttpStatusCode.NotFound, none.Status);
        await using var db = site.Database.NewContext();
        var contacts = await db.SourceContacts.ToDictionaryAsync(contact => contact.Source, Stop);
        Assert.NotNull(contacts[SourceContact.Oms].LastGoodAt);
        Assert.NotNull(contacts[SourceContact.Ebutz].LastFailure);
        Assert.NotNull(contacts["CERN SSO"].LastFailure);
        Assert.Contains("https://outside.test/oms", (await olga.GetAsync("/admin/services")).Words, StringComparison.Ordinal);
    }
}
