using System.Linq.Expressions;

namespace Certhelper.Core.Storage;

/// <summary>Puts expressions into expressions, so that a rule is written once and PostgreSQL evaluates it everywhere.</summary>
public static class Compose
{
    /// <summary>A condition on something that a row leads to.</summary>
    public static Expression<Func<T, bool>> Through<T, TInner>(this Expression<Func<TInner, bool>> condition, Expression<Func<T, TInner>> path) =>
        Expression.Lambda<Func<T, bool>>(Put(condition.Body, condition.Parameters[0], path.Body), path.Parameters);

    /// <summary>A projection that is handed the value of another expression on the same row.</summary>
    public static Expression<Func<T, TRow>> With<T, TValue, TRow>(this Expression<Func<T, TValue>> value, Expression<Func<T, TValue, TRow>> projection)
    {
        var row = projection.Parameters[0];
        return Expression.Lambda<Func<T, TRow>>(Put(projection.Body, projection.Parameters[1], Put(value.Body, value.Parameters[0], row)), row);
    }

    /// <summary>One of several conditions.</summary>
    public static Expression<Func<T, bool>> Any<T>(IEnumerable<Expression<Func<T, bool>>> conditions) =>
        conditions.Aggregate((one, other) => Expression.Lambda<Func<T, bool>>(
            Expression.OrElse(one.Body, Put(other.Body, other.Parameters[0], one.Parameters[0])), one.Parameters));

    public static Expression<Func<T, bool>> And<T>(this Expression<Func<T, bool>> one, Expression<Func<T, bool>> other) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(one.Body, Put(other.Body, other.Parameters[0], one.Parameters[0])), one.Parameters);

    public static Expression<Func<T, bool>> Not<T>(this Expression<Func<T, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters);

    private static Expression Put(Expression into, ParameterExpression parameter, Expression value) => new Replacer(parameter, value).Visit(into);

    private sealed class Replacer(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
