using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Leader;

/// <summary>The certified runs of the period, with what can be done to one or to several of them.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class IndexModel(CerthelperDbContext db, CertificationList list, CertificationBulk bulk, TimeProvider time) : LeaderPage(db, time)
{
    public Sorting Sorting { get; private set; } = null!;

    public IReadOnlyList<ListColumn<CertificationRow>> Columns { get; private set; } = [];

    public PageOf<CertificationRow> List { get; private set; } = null!;

    public Totals Totals { get; private set; } = Totals.None;

    /// <summary>Whom certifications can be given to.</summary>
    public IReadOnlyList<KnownPerson> People { get; private set; } = [];

    /// <summary>What became of what was chosen; empty when nothing was asked.</summary>
    public IReadOnlyList<BulkResult> Results { get; private set; } = [];

    /// <summary>Why nothing was done.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was chosen, so that a mistake does not take it away.</summary>
    public IReadOnlyList<string> Picked { get; private set; } = [];

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public int? ToUserId { get; set; }

    public ListTools Tools => new(
        KnownLists.Certifications, Filter, Choices, CertificationColumns.All, [.. Columns.Select(column => column.Key)], List.Total, Totals)
    {
        InFile = [.. CertificationColumns.Identified(Columns).Select(column => column.Key)],
        Path = Tab.Href,
        IsFramed = true,
    };

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <param name="pick">The chosen ones as <c>id:version</c>.</param>
    /// <param name="act">delete, hand-over or promote.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IActionResult> OnPostAsync(string[] pick, string? act, CancellationToken cancellationToken)
    {
        Picked = pick;
        var chosen = pick.Select(Read).OfType<ChosenCertification>().DistinctBy(item => item.Id).ToList();
        Problem = chosen.Count switch
        {
            0 => "Choose at least one certification in the list.",
            > CertificationBulk.Most => FormattableString.Invariant($"Choose at most {CertificationBulk.Most} at a time."),
            _ => act switch
            {
                "delete" => string.IsNullOrWhiteSpace(Why) ? "Say why they are deleted; it stays in their history." : null,
                "hand-over" => ToUserId is null ? "Choose who gets them." : null,
                "promote" => null,
                _ => "Choose what to do with them.",
            },
        };
        if (Problem is null)
        {
            var actor = Actor.From(User)!;
            Results = act switch
            {
                "delete" => await bulk.DeleteAsync(chosen, Why!, actor, cancellationToken),
                "hand-over" => await bulk.HandOverAsync(chosen, ToUserId!.Value, null, actor, cancellationToken),
                _ => await bulk.PromoteAsync(chosen, actor, cancellationToken),
            };
            Picked = [.. pick.Where(text => Results.Any(result => !result.Done && Read(text)?.Id == result.Id))];
        }
        else
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        await ReadAsync(cancellationToken);
        return Page();
    }

    public bool IsPicked(CertificationRow item) => Picked.Contains(PickOf(item)) || Picked.Any(text => Read(text)?.Id == item.Id);

    public static string PickOf(CertificationRow item) => FormattableString.Invariant($"{item.Id}:{item.Version}");

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var number = int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : (int?)null;
        var size = int.TryParse(Request.Query["size"], CultureInfo.InvariantCulture, out var asked) ? asked : (int?)null;
        Sorting = CertificationColumns.Sorts.Parse(Request.Query["sort"]);
        Columns = ColumnChoice.Of(HttpContext, KnownLists.Certifications, CertificationColumns.All);
        (List, Totals) = await list.PageAsync(Filter, Sorting, number, Paging.SizeOf(size), cancellationToken);
        var users = await Db.PeopleAsync(Time.GetUtcNow(), cancellationToken);
        People = [.. users.Where(user => PermissionTable.Allows(user.Roles, Permission.Certify))];
    }

    private static ChosenCertification? Read(string text) =>
        text.Split(':') is [var id, var version]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && uint.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new ChosenCertification(number, seen)
            : null;
}
