using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.People;

/// <summary>
/// Section <c>Roles</c>: the names by which CERN SSO gives each role, with commas between: role identifiers of the Application
/// Portal or e-groups. A value replaces the standard one as a whole.
/// </summary>
public sealed class RoleNames : IValidatableObject
{
    public const string Section = "Roles";

    private static readonly Role[] Given = [Role.Shifter, Role.ShiftLeader, Role.Expert, Role.Admin, Role.Ops];

    public string Shifter { get; set; } =
        "shifter, cms-dqm-runregistry-offline-tracker-certifiers, cms-shiftlist_shifters_dqm_p5, cms-shiftlist_shifters_dqm_offline, tkdqmdoctor-shifters";

    public string ShiftLeader { get; set; } = "shiftleader, cms-tracker-offline-shiftleader, tkdqmdoctor-shiftleaders";

    public string Expert { get; set; } = "expert, cms-dqm-certification-experts";

    public string Admin { get; set; } = "admin";

    public string Ops { get; set; } = "ops";

    /// <summary>The names that give a role; none for a guest.</summary>
    public IReadOnlyList<string> Of(Role role) => Split(role switch
    {
        Role.Guest => "",
        Role.Shifter => Shifter,
        Role.ShiftLeader => ShiftLeader,
        Role.Expert => Expert,
        Role.Admin => Admin,
        Role.Ops => Ops,
    });

    /// <summary>The names that a person can do something about: not the role's own identifier in the portal.</summary>
    public IReadOnlyList<string> GroupsOf(Role role) => [.. Of(role).Where(name => !name.Equals(role.ToString(), StringComparison.OrdinalIgnoreCase))];

    /// <summary>
    /// The roles that these names give. Names match whole, ignoring case and space around; an unknown name gives nothing; nobody
    /// is less than a guest.
    /// </summary>
    public IReadOnlyList<Role> Read(IEnumerable<string> names)
    {
        var held = names.Select(name => name.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [Role.Guest, .. Given.Where(role => Of(role).Any(held.Contains))];
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var names = Given.SelectMany(role => Of(role).Select(name => (Role: role, Name: name))).ToList();
        foreach (var twice in names.GroupBy(item => item.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Select(item => item.Role).Distinct().Count() > 1))
        {
            yield return new ValidationResult(
                $"Roles:{twice.First().Role} and Roles:{twice.Last().Role} both name \"{twice.Key}\": a name gives one role (example: Roles__Admin=admin, cms-tracker-certhelper-admins).");
        }
    }

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Which roles the names of a token give, as configured.</summary>
public sealed class RoleBook(IOptions<RoleNames> names)
{
    public RoleNames Names => names.Value;

    /// <inheritdoc cref="RoleNames.Read"/>
    public IReadOnlyList<Role> Read(IEnumerable<string> tokenRoles) => Names.Read(tokenRoles);

    /// <summary>How one comes by a role, for a refusal: <c>e-group a or b</c>.</summary>
    public string WayTo(Role role) => Names.GroupsOf(role) switch
    {
        [] => "an administrator grants it",
        [var one] => "e-group " + one,
        var several => $"e-group {string.Join(", ", several.SkipLast(1))} or {several[^1]}",
    };
}
