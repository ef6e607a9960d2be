using System.Linq.Expressions;

namespace Certhelper.Web.Lists;

/// <summary>Makes the functions of a <see cref="SortTable{T}"/>.</summary>
public static class SortColumns
{
    /// <summary>By one value.</summary>
    public static Func<IQueryable<T>, bool, IOrderedQueryable<T>> By<T, TKey>(Expression<Func<T, TKey>> key) =>
        (query, descending) => descending ? query.OrderByDescending(key) : query.OrderBy(key);

    /// <summary>By one value, unknown ones last in both directions.</summary>
    public static Func<IQueryable<T>, bool, IOrderedQueryable<T>> By<T, TKey>(Expression<Func<T, bool>> unknown, Expression<Func<T, TKey>> key) =>
        (query, descending) => descending ? query.OrderBy(unknown).ThenByDescending(key) : query.OrderBy(unknown).ThenBy(key);
}
