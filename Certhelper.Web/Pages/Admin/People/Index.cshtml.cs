using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin.People;

/// <summary>Everybody who has ever signed in, who was here last first.</summary>
[Authorize(Policy = nameof(Permission.ManagePeople))]
public sealed class IndexModel(CerthelperDbContext db, TimeProvider time) : PageModel
{
    public sealed record Row(
        int Id, string Login, string Name, IReadOnlyList<Role> Roles, IReadOnlyList<Grant> Granted, DateTimeOffset SeenAt, bool IsActive, int Certifications);

    public sealed record Grant(Role Role, DateTimeOffset EndsAt);

    public static IReadOnlyList<string> States { get; } = ["active", "deactivated", "granted"];

    private static IReadOnlyList<string> RoleNames { get; } = Enum.GetNames<Role>();

    public string? Search { get; private set; }

    public Role? Role { get; private set; }

    public string? State { get; private set; }

    public IReadOnlyList<FilterProblem> Problems { get; private set; } = [];

    public PageOf<Row> List { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var reader = Request.Query.Reader();
        Search = reader.Text("q", 100);
        State = reader.Word("state", States);
        Role = reader.Word("role", RoleNames) is { } name ? Enum.Parse<Role>(name) : null;
        var number = reader.Number("page", 1, int.MaxValue);
        Problems = reader.Problems;
        var now = time.GetUtcNow();
        var page = await Apply(now).OrderByDescending(user => user.LastSeenAt ?? user.LastSignInAt).ThenBy(user => user.Id)
            .Select(user => new
            {
                user.Id,
                user.Login,
                user.Name,
                user.Roles,
                user.DeactivatedAt,
                SeenAt = user.LastSeenAt ?? user.LastSignInAt,
                Granted = user.Grants.Where(grant => grant.WithdrawnAt == null && grant.EndsAt > now).OrderBy(grant => grant.Role).Select(grant => new Grant(grant.Role, grant.EndsAt)).ToList(),
                Certifications = db.Certifications.Count(item => item.OwnerId == user.Id),
            })
            .PageAsync(number, cancellationToken);
        List = new PageOf<Row>(
            [.. page.Items.Select(row => new Row(
                row.Id, row.Login, row.Name, KnownPeople.Together(row.Roles, [.. row.Granted.Select(grant => grant.Role)]), row.Granted, row.SeenAt, row.DeactivatedAt is null, row.Certifications))],
            page.Total, page.Number, page.Size);
    }

    private IQueryable<User> Apply(DateTimeOffset now)
    {
        var people = db.Users.AsNoTracking();
        if (Problems.Count > 0) return people.Where(_ => false);
        if (Search is { } text) people = people.Holding(user => user.SearchWords, text);

        // A guest is who has no other role.
        if (Role == Core.People.Role.Guest) people = people.Where(user => user.Roles.Count <= 1 && !user.Grants.Any(grant => grant.WithdrawnAt == null && grant.EndsAt > now));
        else if (Role is { } role) people = people.Where(user => user.Roles.Contains(role) || user.Grants.Any(grant => grant.Role == role && grant.WithdrawnAt == null && grant.EndsAt > now));
        return State switch
        {
            "active" => people.Where(user => user.DeactivatedAt == null),
            "deactivated" => people.Where(user => user.DeactivatedAt != null),
            "granted" => people.Where(user => user.Grants.Any(grant => grant.WithdrawnAt == null && grant.EndsAt > now)),
            _ => people,
        };
    }
}
