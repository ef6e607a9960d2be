using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>What the pager needs to know of a list.</summary>
public interface IPageOfList
{
    /// <summary>Counts from 1.</summary>
    int Number { get; }

    int Pages { get; }

    int Total { get; }

    int First { get; }

    int Last { get; }
}

/// <summary>One page of a list that the server cuts.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Total, int Number, int Size) : IPageOfList
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    public int First => Total == 0 ? 0 : ((Number - 1) * Size) + 1;

    public int Last => ((Number - 1) * Size) + Items.Count;
}

/// <summary>Cuts pages out of queries.</summary>
public static class Paging
{
    public const int Size = 25;

    /// <summary>How many rows a page may have.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    /// <summary>The size that an address asks for, if it is one of <see cref="Sizes"/>.</summary>
    public static int SizeOf(int? asked) => asked is { } size && Sizes.Contains(size) ? size : Size;

    /// <summary>Cuts a page out of a whole list of keys; a number beyond the end means the last page.</summary>
    public static PageOf<int> Cut(int[] keys, int? number, int size)
    {
        var page = Math.Clamp(number ?? 1, 1, Math.Max(1, (keys.Length + size - 1) / size));
        return new PageOf<int>(keys.AsSpan((page - 1) * size, Math.Min(size, keys.Length - ((page - 1) * size))).ToArray(), keys.Length, page, size);
    }

    /// <summary>Two queries whatever the size; a number beyond the end means the last page.</summary>
    public static async Task<PageOf<T>> PageAsync<T>(this IQueryable<T> query, int? number, CancellationToken cancellationToken, int size = Size)
    {
        var total = await query.CountAsync(cancellationToken);
        var page = Math.Clamp(number ?? 1, 1, Math.Max(1, (total + size - 1) / size));
        var items = await query.Skip((page - 1) * size).Take(size).ToListAsync(cancellationToken);
        return new PageOf<T>(items, total, page, size);
    }
}
