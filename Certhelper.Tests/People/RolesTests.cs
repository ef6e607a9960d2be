using Certhelper.Core.People;

namespace Certhelper.Tests.People;

public sealed class RolesTests
{
    /// <summary>D-07: the previous application took a part of a name for the name.</summary>
    [Theory]
    [InlineData("shift")]
    [InlineData("")]
    [InlineData("administrator")]
    [InlineData("default-role")]
    public void D07_a_part_of_a_name_is_no_role(string name) => Assert.Equal([Role.Guest], Roles.FromToken([name]));

    [Fact]
    public void Names_match_whole_ignoring_case_and_space() =>
        Assert.Equal([Role.Guest, Role.Shifter, Role.ShiftLeader], Roles.FromToken([" ShiftLeader", "SHIFTER", "shifter"]));

    [Fact]
    public void Every_permission_has_words_and_somebody_who_has_it() => Assert.All(Enum.GetValues<Permission>(), permission =>
    {
        Assert.NotEmpty(PermissionTable.Describe(permission));
        Assert.NotEmpty(PermissionTable.RolesFor(permission));
        Assert.Contains(Role.Admin, PermissionTable.RolesFor(permission));
    });
}
