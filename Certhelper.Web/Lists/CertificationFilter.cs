using System.Globalization;
using System.Linq.Expressions;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>Which certifications a list shows; the URL says it.</summary>
public sealed class CertificationFilter
{
    private static readonly Expression<Func<TrackerCertification, bool>> Bad =
        Expression.Lambda<Func<TrackerCertification, bool>>(Expression.Not(VerdictRule.Good.Body), VerdictRule.Good.Parameters);

    /// <summary>First day that counts.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day that counts.</summary>
    public DateOnly? To { get; set; }

    public string? Runs { get; set; }

    /// <summary>Code of a reconstruction.</summary>
    public string? Reconstruction { get; set; }

    public RunType? Type { get; set; }

    /// <summary><c>good</c> or <c>bad</c>.</summary>
    public string? Verdict { get; set; }

    /// <summary>Login name.</summary>
    public string? Shifter { get; set; }

    /// <summary>Show deleted ones instead of living ones.</summary>
    public bool Deleted { get; set; }

    /// <summary>Narrows the certifications; a selection of runs that cannot be read narrows nothing and is named.</summary>
    public IQueryable<TrackerCertification> Apply(CerthelperDbContext db, out string? problem)
    {
        var query = Deleted
            ? db.Certifications.IgnoreQueryFilters([Filters.Living]).Where(item => item.DeletedAt != null)
            : db.Certifications;
        if (From is { } from) query = query.Where(item => item.Date >= from);
        if (To is { } to) query = query.Where(item => item.Date <= to);
        if (Reconstructions.TryParse(Reconstruction, out var reconstruction)) query = query.Where(item => item.RunReconstruction!.Reconstruction == reconstruction);
        if (Type is { } type) query = query.Where(item => item.RunReconstruction!.Run!.Type == type);
        if (Shifter is { Length: > 0 } shifter) query = query.Where(item => item.Owner!.Login == shifter);
        query = Verdict switch
        {
            "good" => query.Where(VerdictRule.Good),
            "bad" => query.Where(Bad),
            _ => query,
        };
        var selection = RunSelection.Parse(Runs, out problem);
        return selection is null ? query : selection.Apply(query, item => item.RunReconstruction!.RunNumber);
    }

    /// <summary>The filter in words, each part with the way to take it away.</summary>
    public IEnumerable<FilterChip> Chips(HttpRequest request)
    {
        if (From is { } from && from == To) yield return new FilterChip(Clock.Iso(from), request.With(("from", null), ("to", null)));
        else
        {
            if (From is { } since) yield return new FilterChip("Since " + Clock.Iso(since), request.With(("from", null)));
            if (To is { } until) yield return new FilterChip("Until " + Clock.Iso(until), request.With(("to", null)));
        }

        if (!string.IsNullOrWhiteSpace(Runs)) yield return new FilterChip("Runs " + Runs, request.With(("runs", null)));
        if (Reconstructions.TryParse(Reconstruction, out var reconstruction)) yield return new FilterChip(reconstruction.Title(), request.With(("reconstruction", null)));
        if (Type is { } type) yield return new FilterChip(type.ToString(), request.With(("type", null)));
        if (Verdict is "good" or "bad") yield return new FilterChip(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Verdict), request.With(("verdict", null)));
        if (!string.IsNullOrWhiteSpace(Shifter)) yield return new FilterChip("By " + Shifter, request.With(("shifter", null)));
        if (Deleted) yield return new FilterChip("Deleted", request.With(("deleted", null)));
    }
}
