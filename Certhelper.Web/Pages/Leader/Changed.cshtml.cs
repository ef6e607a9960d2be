using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Leader;

/// <summary>Certifications whose facts have changed since, to be accepted or given back.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class ChangedModel(CerthelperDbContext db, CertificationDesk desk, TimeProvider time) : LeaderPage(db, time)
{
    public ChangedKind Kind { get; private set; }

    public PageOf<ChangedCertification> List { get; private set; } = null!;

    public IReadOnlyDictionary<ChangedKind, int> Counts { get; private set; } = new Dictionary<ChangedKind, int>();

    /// <summary>When certifications were last compared, and with what result; null when never.</summary>
    public SyncMark? Looked { get; private set; }

    /// <summary>Why nothing was done, and to which certification.</summary>
    public (int Id, string Words)? Problem { get; private set; }

    /// <summary>What was typed.</summary>
    public string? Why { get; private set; }

    public Task OnGetAsync(string? kind, CancellationToken cancellationToken) => ReadAsync(kind, cancellationToken);

    public Task<IActionResult> OnPostAcceptAsync(int id, string? seen, string? why, CancellationToken cancellationToken) => DecideAsync(
        id, why, "accepted", actor => desk.AcceptFactsAsync(id, seen, why, actor, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostReopenAsync(int id, string? seen, string? why, CancellationToken cancellationToken) => DecideAsync(
        id, why, "given back", actor => desk.ReopenAsync(id, seen, why, actor, cancellationToken), cancellationToken);

    private async Task<IActionResult> DecideAsync(
        int id, string? why, string done, Func<Actor, Task<SaveResult>> decide, CancellationToken cancellationToken)
    {
        var result = await decide(Actor.From(User)!);
        if (result is SaveResult.Saved)
        {
            var name = await Db.Certifications.Where(item => item.Id == id).Select(item => item.RunReconstruction!).SingleAsync(cancellationToken);
            TempData.Add(new Toast($"{name.Name()} is {done}."));
            return LocalRedirect(Request.Path + QueryString.Create(Request.Query.Where(pair => pair.Key != "handler")));
        }

        if (result is SaveResult.NotFound) return NotFound();
        Why = why;
        Problem = (id, result switch
        {
            SaveResult.Invalid invalid => string.Join(' ', invalid.Errors.Select(error => error.Message)),
            SaveResult.Refused refused => refused.Reason,
            SaveResult.Conflict conflict => $"{conflict.ChangedBy ?? "A background job"} changed this certification at the same moment. Look at it again.",
            _ => "Nothing was done.",
        });
        Response.StatusCode = result is SaveResult.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        await ReadAsync(Request.Query["kind"], cancellationToken);
        return Page();
    }

    private async Task ReadAsync(string? kind, CancellationToken cancellationToken)
    {
        Kind = Enum.TryParse<ChangedKind>(kind, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : ChangedKind.Open;
        var number = int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : (int?)null;
        (List, Counts) = await ChangedFacts.ReadAsync(Db, Filter.Apply(Db), Kind, number, cancellationToken);
        Looked = await Db.SyncMarks.AsNoTracking().SingleOrDefaultAsync(mark => mark.Name == FactChangeDetector.Mark, cancellationToken);
    }
}
