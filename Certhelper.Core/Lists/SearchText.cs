using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Lists;

/// <summary>Search in texts: every word must occur, anywhere, whatever its case. The trigram indexes answer it.</summary>
public static class SearchText
{
    private const int MostWords = 8;

    private static readonly MethodInfo ILike = typeof(NpgsqlDbFunctionsExtensions).GetMethod(
        nameof(NpgsqlDbFunctionsExtensions.ILike), [typeof(DbFunctions), typeof(string), typeof(string), typeof(string)])!;

    public static IQueryable<T> Holding<T>(this IQueryable<T> query, Expression<Func<T, string?>> text, string words)
    {
        foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            // A variable of a closure becomes a parameter of the statement: nothing that people type is ever SQL.
            var pattern = "%" + Escape(word) + "%";
            Expression<Func<string>> parameter = () => pattern;
            var holds = Expression.Call(ILike, Expression.Constant(EF.Functions), text.Body, parameter.Body, Expression.Constant("\\"));
            query = query.Where(Expression.Lambda<Func<T, bool>>(holds, text.Parameters));
        }

        return query;
    }

    private static string Escape(string word) => word
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
