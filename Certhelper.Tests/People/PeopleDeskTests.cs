using System.Security.Claims;
using Certhelper.Core.People;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.People;

public sealed class PeopleDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D06_D09_roles_are_raised_and_lowered_at_every_sign_in()
    {
        await using var house = await SourceHouse.CreateAsync();

        var first = await SignInAsync(house, "shifter");
        var raised = await SignInAsync(house, "shifter", "shiftleader");
        var lowered = await SignInAsync(house);

        Assert.Equal([Role.Guest, Role.Shifter], first.Roles);
        Assert.Equal([Role.Guest, Role.Shifter, Role.ShiftLeader], raised.Roles);
        Assert.Equal([Role.Guest], lowered.Roles);
        Assert.Equal(first.Id, lowered.Id);
        await using var db = house.Database.NewContext();
        Assert.Equal([Role.Guest], (await db.Users.SingleAsync(Token)).Roles);
    }

    [Fact]
    public async Task A_login_is_the_same_person_however_it_is_written_and_the_first_day_stays()
    {
        await using var house = await SourceHouse.CreateAsync();
        var began = house.Time.GetUtcNow();
        await house.Get<PeopleDesk>().SignedInAsync(new SignInClaims("TDvorak", "Tomas", null, null, []), Token);
        house.Time.Advance(TimeSpan.FromDays(3));

        var user = await house.Get<PeopleDesk>().SignedInAsync(new SignInClaims("tdvorak ", "Tomáš Dvořák", "t@example.org", 12345, []), Token);

        Assert.Equal(("tdvorak", "Tomáš Dvořák", 12345), (user.Login, user.Name, user.CernPersonId));
        Assert.Equal((began, began.AddDays(3)), (user.FirstSeenAt, user.LastSignInAt));
        await using var db = house.Database.NewContext();
        Assert.Equal(1, await db.Users.CountAsync(Token));
    }

    [Fact]
    public async Task First_sign_ins_of_one_person_at_the_same_moment_make_one_row()
    {
        await using var house = await SourceHouse.CreateAsync();

        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignInAsync(house, "expert")));

        Assert.Single(users.Select(user => user.Id).Distinct());
    }

    [Theory]
    [InlineData("shift", Role.Guest)]
    [InlineData("", Role.Guest)]
    [InlineData("SHIFTER", Role.Shifter)]
    [InlineData("shiftleaders", Role.Guest)]
    [InlineData("ops", Role.Ops)]
    public void A_token_role_matches_whole_names_only(string tokenRole, Role highest) => Assert.Equal(highest, new RoleNames().Read([tokenRole]).Max());

    [Fact]
    public void An_actor_is_read_from_the_session_and_a_signed_out_person_is_none()
    {
        var session = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new(Session.UserIdClaim, "7"),
                new(Session.LoginClaim, "lena"),
                new(Session.NameClaim, "Lena Leader"),
                new(Session.RoleClaim, nameof(Role.ShiftLeader)),
                new(Session.RoleClaim, "Emperor"),
            ],
            "test"));

        var actor = Actor.From(session)!;

        Assert.Equal((7, "lena", "Lena Leader"), (actor.UserId, actor.Login, actor.Name));
        Assert.Equal([Role.ShiftLeader], actor.Roles);
        Assert.True(actor.May(Permission.DeleteCertifications));
        Assert.False(actor.May(Permission.ViewJobs));
        Assert.Null(Actor.From(new ClaimsPrincipal(new ClaimsIdentity())));
    }

    private static Task<User> SignInAsync(SourceHouse house, params string[] roles) => house.Get<PeopleDesk>()
        .SignedInAsync(new SignInClaims("sara.shifter", "Sara Shifter", null, null, roles), Token);
}
