using System.Globalization;
using System.Linq.Expressions;

namespace Certhelper.Core.Lists;

/// <summary>Numbers as people write them: <c>3.8</c> means what rounds to it, <c>3.5..3.9</c>, <c>6500..</c> and <c>..1</c> are ranges.</summary>
public sealed record NumberRange(double? From, double? To)
{
    public static bool TryParse(string text, out NumberRange range)
    {
        range = new NumberRange(null, null);
        var ends = text.Split("..", StringSplitOptions.TrimEntries);
        switch (ends)
        {
            case [var one] when TryNumber(one, out var number):
                var half = Math.Pow(10, -Decimals(one)) / 2;
                range = new NumberRange(number - half, number + half);
                return true;
            case ["", ""]:
                return false;
            case [var low, var high]:
                double? from = null, to = null;
                if (low.Length > 0)
                {
                    if (!TryNumber(low, out var number)) return false;
                    from = number;
                }

                if (high.Length > 0)
                {
                    if (!TryNumber(high, out var number)) return false;
                    to = number;
                }

                range = from > to ? new NumberRange(to, from) : new NumberRange(from, to);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a value that is known lies in it.</summary>
    public Expression<Func<T, bool>> Holds<T>(Expression<Func<T, double?>> value)
    {
        Expression body = Expression.Constant(true);
        if (From is { } from) body = Expression.GreaterThanOrEqual(value.Body, Expression.Constant(from, typeof(double?)));
        if (To is { } to)
        {
            var below = Expression.LessThanOrEqual(value.Body, Expression.Constant(to, typeof(double?)));
            body = From is null ? below : Expression.AndAlso(body, below);
        }

        return Expression.Lambda<Func<T, bool>>(body, value.Parameters);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number) && Math.Abs(number) < 1e9;

    private static int Decimals(string text) => text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? text.Length - dot - 1 : 0;
}
