using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Web.Lists;

/// <summary>Filters that people keep under a name. Everybody changes his own only.</summary>
public sealed class SavedFilterDesk(CerthelperDbContext db, TimeProvider time)
{
    public const int LongestName = 80;
    private const int MostPerPerson = 100;
    private const int LongestQuery = 2_000;

    /// <summary>What one has, of all lists.</summary>
    public Task<List<SavedFilter>> OfAsync(int userId, CancellationToken cancellationToken) => db.SavedFilters.AsNoTracking()
        .Where(item => item.OwnerId == userId).OrderBy(item => item.List).ThenBy(item => item.Name).ToListAsync(cancellationToken);

    /// <summary>Keeps a filter; one of the same name is replaced.</summary>
    /// <returns>What is wrong; null when it was saved.</returns>
    public async Task<string?> SaveAsync(int userId, string? list, string? name, string? query, bool shared, CancellationToken cancellationToken)
    {
        if (list is null || !KnownLists.All.Contains(list)) return "There is no such list.";
        if (NameProblem(name) is { } problem) return problem;
        var kept = Known(list, query);
        if (kept.Length == 0) return "There is nothing to keep: choose a filter first.";
        if (kept.Length > LongestQuery) return "This filter is too long to be kept; make it shorter.";
        if (Problems(list, kept) is [var first, ..]) return $"This filter cannot be kept: {first.Words}";
        var title = name!.Trim();
        var existing = await db.SavedFilters.SingleOrDefaultAsync(item => item.OwnerId == userId && item.List == list && item.Name == title, cancellationToken);
        if (existing is null)
        {
            if (await db.SavedFilters.CountAsync(item => item.OwnerId == userId, cancellationToken) >= MostPerPerson)
                return FormattableString.Invariant($"You keep {MostPerPerson} filters already; delete one first.");
            db.SavedFilters.Add(new SavedFilter { OwnerId = userId, List = list, Name = title, Query = kept, Shared = shared, CreatedAt = time.GetUtcNow() });
        }
        else
        {
            existing.Query = kept;
            existing.Shared = shared;
        }

        return await TrySaveAsync(cancellationToken);
    }

    /// <summary>Gives one's own filter another name, and shares it or not.</summary>
    /// <returns>What is wrong; null when it was changed.</returns>
    public async Task<string?> ChangeAsync(int userId, int id, string? name, bool shared, CancellationToken cancellationToken)
    {
        if (NameProblem(name) is { } problem) return problem;
        var item = await db.SavedFilters.SingleOrDefaultAsync(row => row.Id == id && row.OwnerId == userId, cancellationToken);
        if (item is null) return NotYours;
        item.Name = name!.Trim();
        item.Shared = shared;
        return await TrySaveAsync(cancellationToken);
    }

    /// <summary>Deletes one's own filter.</summary>
    /// <returns>What is wrong; null when it is gone.</returns>
    public async Task<string?> DeleteAsync(int userId, int id, CancellationToken cancellationToken)
    {
        if (await db.SavedFilters.SingleOrDefaultAsync(row => row.Id == id && row.OwnerId == userId, cancellationToken) is not { } item) return NotYours;
        db.SavedFilters.Remove(item);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Pressed twice: the other one was faster.
            return NotYours;
        }
    }

    private const string NotYours = "You have no such filter; nothing was changed.";

    /// <summary>The part of a query that a list knows: nothing else is ever stored, or linked to.</summary>
    internal static string Known(string list, string? query)
    {
        var parsed = QueryHelpers.ParseQuery(query);
        var known = KnownLists.Parameters(list)
            .Select(name => KeyValuePair.Create(name, parsed.TryGetValue(name, out var value) ? value.ToString() : ""))
            .Where(pair => pair.Value.Length > 0);
        return QueryHelpers.AddQueryString("", known!).TrimStart('?');
    }

    private IReadOnlyList<FilterProblem> Problems(string list, string query)
    {
        var values = new QueryCollection(QueryHelpers.ParseQuery(query));
        var today = ExperimentDay.Today(time);
        return list == KnownLists.Certifications ? CertificationFilter.Read(values.Reader(), today, mayListDeleted: true).Problems : RunFilter.Read(values, today).Problems;
    }

    private static string? NameProblem(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "Give the filter a name.";
        if (name.Trim().Length > LongestName) return FormattableString.Invariant($"The name is too long; take at most {LongestName} letters.");
        return name.Any(char.IsControl) ? "The name holds letters that cannot be shown." : null;
    }

    private async Task<string?> TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return "You have another filter of that name; choose a different one.";
        }
    }
}
