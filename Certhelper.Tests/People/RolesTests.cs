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
    public void D07_a_part_of_a_name_is_no_role(string name) => Assert.Equal([Role.Guest], new RoleNames().Read([name]));

    [Fact]
    public void Names_match_whole_ignoring_case_and_space() =>
        Assert.Equal([Role.Guest, Role.Shifter, Role.ShiftLeader], new RoleNames().Read([" ShiftLeader", "SHIFTER", "shifter"]));

    [Fact]
    public void Every_permission_has_words_and_somebody_who_has_it() => Assert.All(Enum.GetValues<Permission>(), permission =>
    {
        Assert.NotEmpty(PermissionTable.Describe(permission));
        Assert.NotEmpty(PermissionTable.RolesFor(permission));
        Assert.Contains(Role.Admin, PermissionTable.RolesFor(permission));
    });

    [Theory]
    [InlineData("cms-shiftlist_shifters_dqm_p5", Role.Shifter)]
    [InlineData("cms-tracker-offline-shiftleader", Role.ShiftLeader)]
    [InlineData("cms-dqm-certification-experts", Role.Expert)]
    [InlineData("cms-tracker-offline-shiftleader-2", Role.Guest)]
    [InlineData("cms-tracker-offline", Role.Guest)]
    public void D07_an_e_group_gives_its_role_by_its_whole_name(string group, Role highest) => Assert.Equal(highest, new RoleNames().Read([group]).Max());

    [Fact]
    public void Configured_names_replace_the_standard_ones_and_one_name_gives_one_role()
    {
        var names = new RoleNames { Admin = "my-admins, others" };
        var wrong = new RoleNames { Admin = "shifter" };

        Assert.Equal(Role.Admin, names.Read(["others"]).Max());
        Assert.Equal(Role.Guest, names.Read(["admin"]).Max());
        Assert.Empty(names.Validate(new(names)));
        Assert.Contains("Roles:Admin", Assert.Single(wrong.Validate(new(wrong))).ErrorMessage!, StringComparison.Ordinal);
    }
}
