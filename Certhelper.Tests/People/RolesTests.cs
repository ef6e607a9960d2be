using Certhelper.Core.People;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.People;

public sealed class RolesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>D-07: the previous application took a part of a name for the name.</summary>
    [Theory]
    [InlineData("shift")]
    [InlineData("")]
    [InlineData("administrator")]
    [InlineData("default-role")]
    public void A_part_of_a_name_is_no_role(string name) => Assert.Equal([Role.Guest], Roles.FromToken([name]));

    [Fact]
    public void Names_match_whole_ignoring_case_and_space() =>
        Assert.Equal([Role.Guest, Role.Shifter, Role.ShiftLeader], Roles.FromToken([" ShiftLeader", "SHIFTER", "shifter"]));

    /// <summary>D-09: roles were raised but never lowered.</summary>
    [Fact]
    public async Task Roles_are_raised_and_lowered_at_each_sign_in()
    {
        await using var house = await SourceHouse.CreateAsync();

        var leader = await house.PersonAsync("Lena", "shiftleader");
        var guest = await house.PersonAsync("lena");

        Assert.Equal(leader.UserId, guest.UserId);
        Assert.True(leader.May(Permission.DeleteCertifications));
        Assert.False(guest.May(Permission.DeleteCertifications));
        await using var db = house.Database.NewContext();
        Assert.Equal([Role.Guest], (await db.Users.SingleAsync(Token)).Roles);
    }

    [Fact]
    public async Task Two_first_sign_ins_at_once_are_one_person()
    {
        await using var house = await SourceHouse.CreateAsync();

        var actors = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.PersonAsync("sara", "shifter")));

        Assert.Single(actors.Select(actor => actor.UserId).Distinct());
    }

    [Fact]
    public void Every_permission_has_words_and_somebody_who_has_it() => Assert.All(Enum.GetValues<Permission>(), permission =>
    {
        Assert.NotEmpty(PermissionTable.Describe(permission));
        Assert.NotEmpty(PermissionTable.RolesFor(permission));
        Assert.Contains(Role.Admin, PermissionTable.RolesFor(permission));
    });
}
