using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Oms;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>What a session may follows what CERN SSO and the administrators say, without a sign-out.</summary>
public sealed class RolesFollowTests : IAsyncLifetime
{
    private const string LeadersOnly = "/leader?days=all";

    private readonly TestClock clock = new(TimeProvider.System.GetUtcNow());
    private KeySwitchingSso sso = null!;
    private WebSite site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sso = await KeySwitchingSso.StartAsync();
        site = new WebSite { Settings = { ["Sso:Authority"] = sso.Authority }, Clock = clock };
        await site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await sso.DisposeAsync();
    }

    [Fact]
    public async Task Leaving_the_group_of_shift_leaders_takes_the_rights_away_within_ten_minutes_of_use()
    {
        sso.Roles = ["cms-tracker-offline-shiftleader"];
        var sara = await SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(LeadersOnly)).Status);

        sso.Roles = ["shifter"];
        clock.Advance(TimeSpan.FromMinutes(9));
        var before = (await sara.GetAsync(LeadersOnly)).Status;
        clock.Advance(TimeSpan.FromMinutes(1));
        var after = (await sara.GetAsync(LeadersOnly)).Status;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before, after));
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync("/comparison")).Status);
        Assert.Equal(1, sso.Refreshed);
    }

    [Fact]
    public async Task Joining_a_group_gives_its_rights_within_ten_minutes_of_use()
    {
        sso.Roles = null;
        var sara = await SignedInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await sara.GetAsync(LeadersOnly)).Status);

        sso.Roles = ["shiftleader"];
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(LeadersOnly)).Status);
    }

    [Fact]
    public async Task With_SSO_away_the_session_goes_on_for_eight_hours_and_no_longer()
    {
        sso.Roles = ["shiftleader"];
        var sara = await SignedInAsync();
        sso.AnswerToRefresh = () => Results.StatusCode(503);

        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(LeadersOnly)).Status);
        await sara.GetAsync("/runs");
        Assert.Equal(1, sso.Refreshed);
        clock.Advance(TimeSpan.FromHours(7.9));
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync(LeadersOnly)).Status);
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.StartsWith("/signin", (await sara.GetAsync(LeadersOnly)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_SSO_has_ended_ends_here()
    {
        var sara = await SignedInAsync();
        sso.AnswerToRefresh = () => Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        clock.Advance(TimeSpan.FromMinutes(11));

        Assert.StartsWith("/signin", (await sara.GetAsync("/runs")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_person_ends_the_session_and_gives_nobody_a_role()
    {
        sso.Roles = null;
        var sara = await SignedInAsync();
        sso.Forged["cern_upn"] = "adam.admin";
        sso.Roles = ["admin"];
        clock.Advance(TimeSpan.FromMinutes(11));

        Assert.StartsWith("/signin", (await sara.GetAsync("/runs")).Location, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.Equal([Role.Guest], (await db.Users.SingleAsync(Stop)).Roles);
    }

    [Fact]
    public async Task A_token_that_another_key_has_signed_raises_nobody()
    {
        sso.Roles = null;
        var sara = await SignedInAsync();
        (sso.Roles, sso.SignsWith) = (["admin"], KeySwitchingSso.ForeignKey());
        clock.Advance(TimeSpan.FromMinutes(11));

        await sara.GetAsync("/runs");

        await using var db = site.Database.NewContext();
        Assert.Equal([Role.Guest], (await db.Users.SingleAsync(Stop)).Roles);
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_in_every_replica_and_does_not_come_back_in()
    {
        var sara = await SignedInAsync();
        await using var replica = await WebSite.ReplicaOfAsync(site);
        Assert.Equal(HttpStatusCode.OK, (await sara.At(replica).GetAsync("/runs")).Status);
        var adam = await site.SignedInAsAsync(Role.Admin);
        await using var db = site.Database.NewContext();
        var id = (await db.Users.SingleAsync(user => user.Login == "sara.sso", Stop)).Id;

        var page = $"/admin/people/{id}";
        var done = await adam.PostAsync(page + "?handler=state", (await adam.GetAsync(page)).Fields("form[action$='handler=state']", ("Why", "Left the experiment")));

        Assert.Equal(page, done.Location);
        Assert.StartsWith("/signin", (await sara.At(replica).GetAsync("/runs")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await sara.GetAsync("/runs")).Location, StringComparison.Ordinal);
        Assert.Equal("/signin/problem?why=Deactivated", (await sso.SignInAsync(site.SignedOut())).Location);
    }

    [Fact]
    public async Task A_grant_holds_at_once_and_ends_by_itself()
    {
        sso.Roles = ["shifter"];
        var sara = await SignedInAsync();
        var adam = await site.SignedInAsAsync(Role.Admin);
        await using var db = site.Database.NewContext();
        var id = (await db.Users.SingleAsync(user => user.Login == "sara.sso", Stop)).Id;
        var desk = new RightsDesk(db, clock);

        await desk.GrantAsync(id, 0, Role.ShiftLeader, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1), "Stands in", Acting(adam), Stop);
        var while_ = (await sara.GetAsync(LeadersOnly)).Status;
        // Nobody's session lasts that long: this is the one that comes after it.
        clock.Advance(TimeSpan.FromDays(3));
        var later = site.SignedOut();
        await sso.SignInAsync(later);

        Assert.Equal(HttpStatusCode.OK, while_);
        Assert.Equal(HttpStatusCode.Forbidden, (await later.GetAsync(LeadersOnly)).Status);
    }

    [Fact]
    public async Task While_the_database_is_away_nobody_has_a_role_and_the_session_goes_on_when_it_is_back()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await adam.GetAsync("/admin/permissions");

        site.Commands.Away = true;
        var (page, text, api) = (await adam.GetAsync("/runs"), await adam.GetAsync("/links"), await adam.GetAsync("/api/v1/runs"));
        site.Commands.Away = false;

        foreach (var answer in new[] { page, text })
        {
            Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
            Assert.Contains("Something broke on our side", answer.Words, StringComparison.Ordinal);
            Assert.Contains(adam.User!.Name, answer.Find(".bar").TextContent, StringComparison.Ordinal);
            // The menu of the administration is drawn for who may use it.
            Assert.Null(answer.Document.QuerySelector("a[href='/admin']"));
        }

        Assert.Equal(HttpStatusCode.InternalServerError, api.Status);
        Assert.Equal(HttpStatusCode.OK, (await adam.GetAsync("/admin/permissions")).Status);
    }

    private static Actor Acting(Visitor visitor) => new(visitor.User!.Id, visitor.User.Login, visitor.User.Name, visitor.User.Roles);

    private async Task<Visitor> SignedInAsync()
    {
        var visitor = site.SignedOut();
        Assert.Equal("/certifications", (await sso.SignInAsync(visitor)).Location);
        return visitor;
    }
}
