using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;

namespace Certhelper.Core.Runs;

/// <summary>Runs as people write them: <c>380115-380130, 380200 380210</c>.</summary>
public sealed class RunSelection
{
    private const int MostParts = 100;

    private readonly List<(int From, int To)> ranges;

    private RunSelection(List<(int From, int To)> ranges) => this.ranges = ranges;

    /// <summary>Reads a selection. Nothing written is no selection and no mistake.</summary>
    /// <param name="problem">What is wrong, in words; null when nothing is.</param>
    /// <returns>Null when nothing was written or it is wrong.</returns>
    public static RunSelection? Parse(string? text, out string? problem)
    {
        problem = null;
        var parts = Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return null;
        if (parts.Length > MostParts)
        {
            problem = $"That are {parts.Length.ToString(CultureInfo.InvariantCulture)} entries; take at most {MostParts.ToString(CultureInfo.InvariantCulture)}, or a range.";
            return null;
        }

        List<(int From, int To)> ranges = [];
        foreach (var part in parts)
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var from) || !TryNumber(ends[^1], out var to))
            {
                problem = $"\"{part}\" is no run number or range. Write them like 380115-380130, 380200.";
                return null;
            }

            if (from > to)
            {
                problem = $"The range \"{part}\" runs backwards; did you mean {ends[1]}-{ends[0]}?";
                return null;
            }

            ranges.Add((from, to));
        }

        return new RunSelection(ranges);
    }

    /// <summary>The runs, both ends included.</summary>
    public IReadOnlyList<(int From, int To)> Ranges => ranges;

    /// <summary>The runs that are named one by one or by short ranges; empty when there are more than <paramref name="most"/>.</summary>
    public IReadOnlyList<int> Numbers(int most)
    {
        var count = ranges.Sum(range => (long)range.To - range.From + 1);
        return count > most ? [] : [.. ranges.SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1)).Distinct().OrderDescending()];
    }

    /// <summary>In order, without doubles: the same runs and ranges are the same text.</summary>
    public override string ToString() => string.Join(
        ", ", ranges.Distinct().Order().Select(range => range.From == range.To ? Number(range.From) : $"{Number(range.From)}-{Number(range.To)}"));

    /// <summary>Narrows a query to the selection.</summary>
    public IQueryable<T> Apply<T>(IQueryable<T> query, Expression<Func<T, int>> number) => query.Where(Holds(number));

    /// <summary>Whether a number is in the selection.</summary>
    public Expression<Func<T, bool>> Holds<T>(Expression<Func<T, int>> number) => Holds<T>(number.Body, number.Parameters);

    /// <summary>Whether a number is in the selection; one that is unknown is not.</summary>
    public Expression<Func<T, bool>> Holds<T>(Expression<Func<T, int?>> number) => Holds<T>(number.Body, number.Parameters);

    private Expression<Func<T, bool>> Holds<T>(Expression number, IEnumerable<ParameterExpression> parameters)
    {
        Expression Value(int value) => Expression.Constant(value, number.Type);
        var any = ranges
            .Select(range => (Expression)(range.From == range.To
                ? Expression.Equal(number, Value(range.From))
                : Expression.AndAlso(Expression.GreaterThanOrEqual(number, Value(range.From)), Expression.LessThanOrEqual(number, Value(range.To)))))
            .Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<T, bool>>(any, parameters);
    }

    // Commas, semicolons and new lines separate; spaces around a dash do not.
    private static string Normalize([NotNull] string? text)
    {
        text ??= "";
        var plain = string.Concat(text.Select(letter => letter is ',' or ';' || char.IsWhiteSpace(letter) ? ' ' : letter is '–' or '—' ? '-' : letter));
        while (plain.Contains("  ", StringComparison.Ordinal)) plain = plain.Replace("  ", " ", StringComparison.Ordinal);
        return plain.Replace(" -", "-", StringComparison.Ordinal).Replace("- ", "-", StringComparison.Ordinal);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and < 10_000_000;
}
