using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Certifications;

/// <summary>All certifications, with filters and what the filtered ones amount to.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db, TimeProvider time) : PageModel
{
    private static readonly SortTable<TrackerCertification> Columns = new(
        new Sorting("date", Descending: true),
        new Dictionary<string, Func<IQueryable<TrackerCertification>, bool, IOrderedQueryable<TrackerCertification>>>
        {
            ["date"] = SortColumns.By<TrackerCertification, DateOnly>(item => item.Date),
            ["run"] = SortColumns.By<TrackerCertification, int>(item => item.RunReconstruction!.RunNumber),
            ["shifter"] = SortColumns.By<TrackerCertification, string>(item => item.Owner!.Name),
            ["changed"] = SortColumns.By<TrackerCertification, DateTimeOffset>(item => item.UpdatedAt),
        });

    [BindProperty(SupportsGet = true, Name = "")]
    public CertificationFilter Filter { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public Sorting Sorting { get; private set; } = null!;

    public string? RunsProblem { get; private set; }

    public PageOf<TrackerCertification> List { get; private set; } = null!;

    public CertificationTotals Totals { get; private set; } = null!;

    public IReadOnlyList<(string Login, string Name)> Shifters { get; private set; } = [];

    public DateOnly Today => Clock.Today(time);

    /// <summary>Monday of this week.</summary>
    public DateOnly Monday => Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7));

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken)
    {
        // Deleted ones concern those who can restore them.
        if (!User.May(Permission.DeleteCertifications)) Filter.Deleted = false;
        Sorting = Columns.Parse(Sort);
        var filtered = Filter.Apply(db, out var problem);
        RunsProblem = problem;
        var sorted = Columns.Apply(filtered.AsNoTracking(), Sorting).ThenByDescending(item => item.UpdatedAt).ThenByDescending(item => item.Id)
            .Include(item => item.Owner)
            .Include(item => item.RunReconstruction).ThenInclude(item => item!.Run)
            .Include(item => item.RunReconstruction).ThenInclude(item => item!.Reference)
            .Include(item => item.Reference).ThenInclude(reference => reference!.RunReconstruction);
        List = await sorted.PageAsync(number, cancellationToken);
        Totals = await CertificationTotals.OfAsync(db, filtered, List.Total, cancellationToken);
        var shifters = await db.Users.Where(user => db.Certifications.Any(item => item.OwnerId == user.Id))
            .OrderBy(user => user.Name).Select(user => new { user.Login, user.Name }).ToListAsync(cancellationToken);
        Shifters = [.. shifters.Select(user => (user.Login, user.Name))];
    }

    public bool MayEdit(TrackerCertification item) =>
        item.DeletedAt is null
        && ((item.OwnerId == User.UserId() && User.May(Permission.Certify)) || User.May(Permission.EditOthersCertifications));
}
