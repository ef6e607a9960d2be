using System.Text.Json;
using System.Text.RegularExpressions;

namespace Certhelper.Standins.RunRegistry;

/// <summary>
/// Compiles the registry's filter: attributes with operators, all of which must hold; <c>and</c> and <c>or</c> take lists,
/// of operators below an attribute and of whole rules at the top. Comparisons with null are never true, as in SQL.
/// </summary>
internal static class RegistryFilter
{
    public static Func<T, bool> Compile<T>(JsonElement filter, Func<string, Func<T, object?>> resolve)
    {
        if (filter.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return _ => true;
        if (filter.ValueKind != JsonValueKind.Object) throw new RegistryError("filter must be an object");
        return All(filter.EnumerateObject().Select(rule => Rule(rule.Name, rule.Value, resolve)));
    }

    private static Func<T, bool> Rule<T>(string name, JsonElement value, Func<string, Func<T, object?>> resolve)
    {
        if (Combination(name) is { } any)
        {
            if (value.ValueKind != JsonValueKind.Array) throw new RegistryError($"{name} must be a list of rules");
            return Combine(any, value.EnumerateArray().Select(rule => Compile(rule, resolve)));
        }

        return Conditions(value, resolve(name), name);
    }

    private static Func<T, bool> Conditions<T>(JsonElement value, Func<T, object?> read, string attribute)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new RegistryError($"{attribute} needs an operator, such as {{\"=\": {value.GetRawText()}}}");
        return All(value.EnumerateObject().Select(operation =>
        {
            if (Combination(operation.Name) is not { } any) return Condition(operation, read, attribute);
            if (operation.Value.ValueKind != JsonValueKind.Array) throw new RegistryError($"{operation.Name} of {attribute} must be a list");
            return Combine(any, operation.Value.EnumerateArray().Select(each => Conditions(each, read, attribute)));
        }));
    }

    private static Func<T, bool> Condition<T>(JsonProperty operation, Func<T, object?> read, string attribute)
    {
        var wanted = Value(operation.Value, attribute);
        switch (operation.Name.ToUpperInvariant())
        {
            case "=": return row => wanted is null ? read(row) is null : Compare(read(row), wanted) == 0;
            case "<>": return row => wanted is null ? read(row) is not null : Compare(read(row), wanted) is not (null or 0);
            case ">": return row => Compare(read(row), wanted) > 0;
            case "<": return row => Compare(read(row), wanted) < 0;
            case ">=": return row => Compare(read(row), wanted) >= 0;
            case "<=": return row => Compare(read(row), wanted) <= 0;
            case "LIKE":
                var like = Like(wanted, attribute);
                return row => Text(read(row), attribute) is { } text && like.IsMatch(text);
            case "NOTLIKE":
                var unlike = Like(wanted, attribute);
                return row => Text(read(row), attribute) is { } text && !unlike.IsMatch(text);
            case "CONTAINS": return row => read(row) is string[] list && wanted is string item && list.Contains(item, StringComparer.Ordinal);
            default: throw new RegistryError($"Invalid value {operation.Name} for the operator of {attribute}");
        }
    }

    private static bool? Combination(string name) => name.ToUpperInvariant() switch
    {
        "AND" => false,
        "OR" => true,
        _ => null,
    };

    private static Func<T, bool> Combine<T>(bool any, IEnumerable<Func<T, bool>> rules)
    {
        if (!any) return All(rules);
        var list = rules.ToArray();
        return row => Array.Exists(list, rule => rule(row));
    }

    private static Func<T, bool> All<T>(IEnumerable<Func<T, bool>> rules)
    {
        var list = rules.ToArray();
        return row => Array.TrueForAll(list, rule => rule(row));
    }

    /// <summary>Order of two values; null when one of them is null or they cannot be compared.</summary>
    public static int? Compare(object? left, object? right) => (left, right) switch
    {
        (decimal a, decimal b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        // Attributes live in JSON columns, where numbers compare with their text.
        (decimal a, string b) => string.CompareOrdinal(a.ToString(System.Globalization.CultureInfo.InvariantCulture), b),
        (string a, decimal b) => string.CompareOrdinal(a, b.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static string? Text(object? value, string attribute) => value switch
    {
        null => null,
        string text => text,
        decimal when attribute == "run_number" => throw new RegistryError("operator does not exist: integer ~~* unknown"),
        decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => null,
    };

    private static object? Value(JsonElement value, string attribute) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new RegistryError($"Invalid value {value.GetRawText()} for {attribute}"),
    };

    private static Regex Like(object? wanted, string attribute) => wanted is string text
        ? new Regex(
            "^" + Regex.Escape(text).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "\\z",
            RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1))
        : throw new RegistryError($"like of {attribute} needs a text");
}
