using System.Globalization;
using System.Text.RegularExpressions;

namespace Certhelper.Standins.Oms;

internal enum OmsOperator
{
    Eq,
    Neq,
    Lt,
    Le,
    Gt,
    Ge,
    Like,
    Ct,
}

/// <summary>One condition on a row, with the three-valued logic of the database behind OMS: nothing compares with null.</summary>
internal sealed class OmsFilter
{
    private const string Null = "null";

    private readonly object?[] _values;
    private readonly Regex? _pattern;

    public OmsFilter(string resource, OmsField field, OmsOperator op, IReadOnlyList<string> texts)
    {
        (Field, Operator, Texts) = (field, op, texts);
        if (op == OmsOperator.Like && field.Type is not OmsType.String)
            throw OmsError.BadRequest($"LIKE is for strings only: '{field.Name}' of {resource}.");
        _values = [.. texts.Select(text => IsNull(text) ? null : Value(field, text, op))];
        if (op == OmsOperator.Like) _pattern = Like(texts[0]);
    }

    public OmsField Field { get; }

    public OmsOperator Operator { get; }

    public IReadOnlyList<string> Texts { get; }

    public bool Accepts(OmsRow row)
    {
        var actual = row.Get(Field.Name);
        return Operator switch
        {
            OmsOperator.Eq => _values.Any(value => value is null ? actual is null : actual is not null && Compare(actual, value) == 0),
            OmsOperator.Neq => _values.All(value => value is null ? actual is not null : actual is not null && Compare(actual, value) != 0),
            OmsOperator.Like => actual is string text && _pattern!.IsMatch(text),
            OmsOperator.Ct => Contains(actual),
            OmsOperator.Lt => Compares(actual, order => order < 0),
            OmsOperator.Le => Compares(actual, order => order <= 0),
            OmsOperator.Gt => Compares(actual, order => order > 0),
            OmsOperator.Ge => Compares(actual, order => order >= 0),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Order of two values of one attribute.</summary>
    public static int Compare(object left, object right) => (left, right) switch
    {
        (decimal a, decimal b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (string[] a, string[] b) => string.CompareOrdinal(string.Join(',', a), string.Join(',', b)),
        _ => throw OmsError.BadRequest("Values of different types cannot be compared."),
    };

    private bool Compares(object? actual, Func<int, bool> accepts) =>
        actual is not null && _values.All(value => value is not null && accepts(Compare(actual, value)));

    private bool Contains(object? actual) => actual switch
    {
        string[] list => Texts.All(text => list.Contains(text, StringComparer.OrdinalIgnoreCase)),
        string text => Texts.All(part => text.Contains(part, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static bool IsNull(string text) => text.Equals(Null, StringComparison.OrdinalIgnoreCase);

    private static object Value(OmsField field, string text, OmsOperator op)
    {
        if (op is OmsOperator.Like or OmsOperator.Ct) return text;
        return field.Type switch
        {
            OmsType.Integer or OmsType.Float => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number : throw OmsError.BadRequest($"'{text}' is not a number: {field.Name}"),
            OmsType.Boolean => bool.TryParse(text, out var flag) ? flag : throw OmsError.BadRequest($"'{text}' is not true or false: {field.Name}"),
            OmsType.Date => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
                : throw OmsError.BadRequest($"'{text}' is not a date: {field.Name}"),
            OmsType.List => text.Split(','),
            OmsType.String => text,
            _ => throw new InvalidOperationException(),
        };
    }

    private static Regex Like(string text) => new(
        "^" + Regex.Escape(text).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));
}
