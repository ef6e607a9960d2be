using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it: an expression in the manifest, the values themselves when running.</summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    private readonly string format;
    private readonly IReadOnlyList<Part> parts;

    private ReferenceExpression(string format, IReadOnlyList<Part> parts)
    {
        this.format = format;
        this.parts = parts;
    }

    /// <summary>The values and how each is encoded: null, or <c>uri</c>.</summary>
    internal IReadOnlyList<Part> Parts => parts;

    public string ValueExpression => Format(part => ((IManifestExpressionProvider)part.Value).ValueExpression);

    public IEnumerable<object> References => parts.Select(part => part.Value);

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var values = new object?[parts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ((IValueProvider)parts[i].Value).GetValueAsync(cancellationToken);
            values[i] = parts[i].Encoding == "uri" && value is not null ? Uri.EscapeDataString(value) : value;
        }

        return string.Format(CultureInfo.InvariantCulture, format, values);
    }

    /// <summary>The text with each value written as <paramref name="write"/> says.</summary>
    internal string Format(Func<Part, string> write) =>
        string.Format(CultureInfo.InvariantCulture, format, [.. parts.Select(write)]);

    internal sealed record Part(object Value, string? Encoding);

    /// <summary>What the compiler turns <c>$"…"</c> into.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength * 2);
        private readonly List<Part> parts = new(formattedCount);

        public readonly void AppendLiteral(string value) => text.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

        public readonly void AppendFormatted(string? value) => AppendLiteral(value ?? "");

        public readonly void AppendFormatted(string? value, string? format = null) => AppendLiteral(format == "uri" ? Uri.EscapeDataString(value ?? "") : value ?? "");

        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => Append(valueProvider, null);

        public readonly void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => Append(valueProvider, format);

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => Append(valueProvider.Resource, null);

        internal readonly ReferenceExpression Build() => new(text.ToString(), parts);

        private readonly void Append(object value, string? encoding)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{{parts.Count}}}");
            parts.Add(new Part(value, encoding));
        }
    }
}
