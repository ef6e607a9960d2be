using System.Globalization;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Lists;

/// <summary>Names of what filters name by number or login, for people who read them.</summary>
public sealed class FilterNames
{
    private readonly Dictionary<(string Parameter, string Value), string> names = [];

    private FilterNames()
    {
    }

    /// <summary>Asks only about what is named: no statement for filters that name nothing, at most three for others.</summary>
    public static async Task<FilterNames> ReadAsync(CerthelperDbContext db, IEnumerable<CertificationFilter> filters, CancellationToken cancellationToken)
    {
        var all = filters.ToList();
        var found = new FilterNames();
        if (Distinct(all.SelectMany(filter => filter.ProblemIds)) is { Length: > 0 } problems)
        {
            foreach (var row in await db.ComponentProblems.Where(row => problems.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
                found.names[("problem", row.Id.ToString(CultureInfo.InvariantCulture))] = row.Name;
        }

        if (Distinct(all.SelectMany(filter => filter.ReasonIds)) is { Length: > 0 } reasons)
        {
            foreach (var row in await db.BadReasons.Where(row => reasons.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
                found.names[("reason", row.Id.ToString(CultureInfo.InvariantCulture))] = row.Name;
        }

        if (Distinct(all.SelectMany(filter => filter.Shifters)) is { Length: > 0 } logins)
        {
            foreach (var row in await db.Users.Where(row => logins.Contains(row.Login)).Select(row => new { row.Login, row.Name }).ToListAsync(cancellationToken))
                found.names[("shifter", row.Login)] = row.Name;
        }

        return found;
    }

    public string? Of(string parameter, string value) => names.GetValueOrDefault((parameter, value));

    private static T[] Distinct<T>(IEnumerable<T> values) => [.. values.Distinct()];
}
