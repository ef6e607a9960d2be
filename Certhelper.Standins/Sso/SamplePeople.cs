using System.Collections.Concurrent;

namespace Certhelper.Standins.Sso;

/// <summary>Somebody who can sign in. No role list means that the token carries no <c>cern_roles</c> at all.</summary>
internal sealed record SamplePerson(string Login, string Given, string Family, int? PersonId, IReadOnlyList<string>? Roles)
{
    public string Name => $"{Given} {Family}";

    /// <summary>People from other identity providers have an address of their own.</summary>
    public string Email => Login.Contains('@', StringComparison.Ordinal) ? "external.person@example.org" : $"{Login}@cern.ch";

    public string RoleText => Roles switch
    {
        null => "no roles",
        [] => "empty role list",
        _ => string.Join(", ", Roles),
    };
}

/// <summary>The people of the sign-in page; roles can be changed while the process runs, as a group owner would.</summary>
internal sealed class SamplePeople
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>?> _changedRoles = new(StringComparer.Ordinal);

    private static readonly SamplePerson[] Shift =
    [
        new("sara.shifter", "Sara", "Shifter", 924301, ["shifter"]),
        new("tomas.shifter", "Tomáš", "Dvořák", 924302, ["shifter"]),
        new("lena.leader", "Lena", "Leader", 924303, ["shiftleader"]),
        new("eva.expert", "Eva", "Expert", 924304, ["expert"]),
        new("adam.admin", "Adam", "Admin", 924305, ["admin"]),
        new("olga.ops", "Olga", "Ops", 924306, ["ops"]),
        new("gus.guest", "Gus", "Guest", 924307, null),
    ];

    // Token shapes that real accounts have and that have broken clients.
    private static readonly SamplePerson[] Odd =
    [
        new("emil.empty", "Emil", "Empty", 924308, []),
        new("dora.default", "Dora", "Default", 924309, ["default-role"]),
        new("sven.several", "Sven", "Several", 924310, ["shifter", "shiftleader", "ops"]),
        new("12387234@google", "Xenia", "External", null, null),
    ];

    public IEnumerable<SamplePerson> OnShift => Shift.Select(Current);

    public IEnumerable<SamplePerson> OddAccounts => Odd.Select(Current);

    public SamplePerson? Find(string? login) =>
        Shift.Concat(Odd).FirstOrDefault(person => person.Login == login) is { } found ? Current(found) : null;

    public void ChangeRoles(string login, IReadOnlyList<string>? roles) => _changedRoles[login] = roles;

    public void Reset() => _changedRoles.Clear();

    private SamplePerson Current(SamplePerson person) =>
        _changedRoles.TryGetValue(person.Login, out var roles) ? person with { Roles = roles } : person;
}
