using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Defects of the previous application that have no other home in these tests; each must not come back.</summary>
public sealed class OriginalDefectsTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D01_nobody_changes_facts_of_a_run_without_a_session_that_certifies()
    {
        var run = await site.Given.RunAsync();
        var guest = await site.SignedInAsAsync(Role.Guest);
        var nobody = site.SignedOut();

        var signedOut = await nobody.PostAsync($"/runs/{run}/express/certify", Fields(await nobody.TokenAsync(), ("Facts.Lumisections", "1")));
        var asGuest = await guest.PostAsync($"/runs/{run}/express/certify", Fields(await guest.TokenAsync(), ("Facts.Lumisections", "1")));

        Assert.NotEqual(HttpStatusCode.OK, signedOut.Status);
        Assert.Equal(HttpStatusCode.Forbidden, asGuest.Status);
        await using var db = site.Database.NewContext();
        Assert.Equal(308, (await db.Runs.SingleAsync(row => row.RunNumber == run, Stop)).Lumisections);
    }

    [Fact]
    public async Task D03_a_guest_certifies_nothing_and_D42_edits_nothing()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var guest = await site.SignedInAsAsync(Role.Guest);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(sara.User!);

        Assert.Equal(HttpStatusCode.Forbidden, (await guest.GetAsync($"/runs/{run}/express/certify")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.PressAsync($"/runs/{run}/express/certify")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.PressAsync($"/certifications/{id}/edit")).Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Certifications.AnyAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
        Assert.Equal("As usual.", (await db.Certifications.SingleAsync(item => item.Id == id, Stop)).Comment);
    }

    [Fact]
    public async Task D04_nothing_changes_by_GET_or_without_the_token()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var run = await site.Given.RunAsync();
        var good = await site.Given.CertificationAsync(adam.User!, run);
        var deleted = await site.Given.CertificationAsync(adam.User!);
        await site.Given.DeletedAsync(deleted);
        string[] addresses =
        [
            $"/certifications/{good}/promote", $"/certifications/{good}/delete?Why=x", $"/certifications/{deleted}/restore",
            $"/certifications/{deleted}/remove?TypedName={run}%20express&Why=x", $"/certifications/{good}/hand-over?ToUserId=1",
            $"/runs/{run}/prompt/lease?handler=take", $"/runs/{run}/prompt/draft",
        ];

        foreach (var address in addresses)
        {
            await adam.GetAsync(address);
            Assert.NotEqual(HttpStatusCode.Found, (await adam.PostAsync(address, [])).Status);
        }

        await using var db = site.Database.NewContext();
        Assert.False(await db.References.AnyAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
        Assert.NotNull(await db.Certifications.SingleOrDefaultAsync(item => item.Id == good, Stop));
        Assert.NotNull((await db.Certifications.IgnoreQueryFilters([Filters.Living]).SingleAsync(item => item.Id == deleted, Stop)).DeletedAt);
        Assert.False(await db.Leases.AnyAsync(item => item.RunNumber == run, Stop));
        Assert.False(await db.CertificationDrafts.AnyAsync(item => item.RunNumber == run, Stop));
    }

    [Fact]
    public async Task D04_every_form_that_changes_something_carries_the_token()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(adam.User!, run);
        var reference = await site.Given.ReferenceAsync(adam.User!);
        string[] addresses =
        [
            "/", "/runs", $"/runs/{run}", $"/runs/{run}/prompt/certify", "/certifications", $"/certifications/{id}", $"/certifications/{id}/edit",
            $"/certifications/{id}/delete", $"/certifications/{id}/hand-over", $"/certifications/{id}/promote", "/references", $"/references/{reference}",
            $"/references/{reference}/retire", "/bad-reasons/add", "/saved-filters", "/admin/checklists", "/admin/checklists/pixel", "/admin/checklists/pixel/edit",
        ];

        foreach (var address in addresses)
        {
            foreach (var page in new[] { await adam.GetAsync(address), await adam.GetAsync(address, ("HX-Request", "true")) })
            {
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.All(page.Document.QuerySelectorAll("form[method=post]"), form => Assert.NotNull(form.QuerySelector("input[name=__token]")));
            }
        }
    }

    [Theory]
    [InlineData(Role.ShiftLeader)]
    [InlineData(Role.Expert)]
    public async Task D05_nobody_raises_a_person_from_here_whatever_a_form_carries(Role role)
    {
        var leader = await site.SignedInAsAsync(role);
        var other = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(leader.User!);
        (string Name, string? Value)[] smuggled =
        [
            .. new[] { "Item.Owner.Roles", "Owner.Roles", "Input.Owner.Roles", "User.Roles", "Roles", "Roles[0]", "People[0].Roles", "role" }
                .Select(name => (name, (string?)nameof(Role.Admin))),
        ];

        var edited = await leader.PostAsync($"/certifications/{id}/edit", (await leader.GetAsync($"/certifications/{id}/edit")).Fields(Form, [("Input.Comment", "Another"), .. Good, .. smuggled]));
        var handed = await leader.PostAsync(
            $"/certifications/{id}/hand-over?role=Admin", (await leader.GetAsync($"/certifications/{id}/hand-over")).Fields("main form", [("ToUserId", $"{other.User!.Id}"), .. smuggled]));

        Assert.Equal(HttpStatusCode.Found, edited.Status);
        Assert.Equal(HttpStatusCode.Found, handed.Status);
        await using var db = site.Database.NewContext();
        Assert.Equal([Role.Guest, role], (await db.Users.SingleAsync(user => user.Id == leader.User!.Id, Stop)).Roles);
        Assert.Equal([Role.Guest, Role.Shifter], (await db.Users.SingleAsync(user => user.Id == other.User.Id, Stop)).Roles);
        // What admins may, leaders and experts may not: people are changed on one page, which is for administrators.
        Assert.All(
            new[] { Permission.ManagePeople, Permission.ManageChecklists, Permission.RemoveForGood, Permission.ViewJobs }, permission => Assert.False(PermissionTable.Allows(leader.User!.Roles, permission)));
        Assert.DoesNotContain(
            site.Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!.ToLowerInvariant()),
            route => route.Contains("user", StringComparison.Ordinal) || route.Contains("/role", StringComparison.Ordinal));
    }

    [Fact]
    public async Task D17_no_page_loads_anything_from_elsewhere()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();

        foreach (var address in new[] { "/", "/runs", $"/runs/{run}", "/certifications", "/references", $"/runs/{run}/express/certify" })
        {
            var page = await lena.GetAsync(address);
            var foreign = page.Document.QuerySelectorAll("script[src], link[href], img[src], iframe[src]")
                .Select(item => item.GetAttribute("src") ?? item.GetAttribute("href")!)
                .Where(source => source.Contains("//", StringComparison.Ordinal));
            Assert.Empty(foreign);
            Assert.Empty(page.Document.QuerySelectorAll("script:not([src]), style"));
        }
    }

    [Fact]
    public async Task D26_deleted_certifications_count_neither_as_good_nor_as_bad()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.DeletedAsync(await site.Given.CertificationAsync(sara.User!, run));
        await using var db = site.Database.NewContext();

        Assert.Equal(0, await db.Certifications.Where(VerdictRule.Good).CountAsync(item => item.RunReconstruction!.RunNumber == run, Stop));
        Assert.Contains("No certification", (await sara.GetAsync($"/certifications?runs={run}&verdict=good")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D47_excluded_is_offered_for_tracking_and_no_id_is_there_twice()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var page = await sara.GetAsync($"/runs/{await site.Given.RunAsync()}/express/certify");

        Assert.NotNull(page.Find("input[name='Input.Tracking'][value=Excluded]"));
        var ids = page.Document.QuerySelectorAll("[id]").Select(item => item.Id!).ToList();
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [InlineData((int)Weather.Refuses)]
    [InlineData((int)Weather.KnowsNothing)]
    public async Task D53_trouble_outside_is_told_in_words_and_not_as_an_exception(int weather)
    {
        site.Outside.Weather = (Weather)weather;
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var page = await sara.GetAsync($"/runs/{Samples.NextRun()}/express/certify");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("Exception", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D122_there_is_no_way_to_tick_everything_at_once_for_anybody()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var run = await site.Given.RunAsync();
        var page = await adam.GetAsync($"/runs/{run}/express/certify");

        var saved = await adam.PostAsync(
            $"/runs/{run}/express/certify", page.Fields(Form, [.. Good.Where(field => !field.Name.StartsWith("Input.Answers", StringComparison.Ordinal))]));

        Assert.DoesNotContain("all", page.Document.QuerySelectorAll("button").SelectMany(button => button.TextContent.ToLowerInvariant().Split(' ')));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, saved.Status);
    }

    [Fact]
    public async Task D124_every_status_has_words_beside_its_colour()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        await site.Given.CertificationAsync(sara.User!, strip: ComponentVerdict.Bad);

        var page = await sara.GetAsync($"/certifications?shifter={sara.User!.Login}");

        var statuses = page.Document.QuerySelectorAll("main .status").ToList();
        Assert.NotEmpty(statuses);
        Assert.All(statuses, status => Assert.False(string.IsNullOrWhiteSpace(status.TextContent)));
    }

    private static Dictionary<string, string> Fields(Dictionary<string, string> token, params (string Name, string Value)[] more)
    {
        foreach (var (name, value) in more) token[name] = value;
        return token;
    }
}
