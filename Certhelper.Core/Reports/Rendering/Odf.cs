using System.Globalization;
using System.Xml.Linq;

namespace Certhelper.Core.Reports;

/// <summary>Names of OpenDocument 1.3, and lengths as it writes them.</summary>
internal static class Odf
{
    public const string Version = "1.3";
    public const string Presentation = "application/vnd.oasis.opendocument.presentation";

    private const string Urn = "urn:oasis:names:tc:opendocument:xmlns:";

    public static readonly XNamespace Office = Urn + "office:1.0";
    public static readonly XNamespace Style = Urn + "style:1.0";
    public static readonly XNamespace Text = Urn + "text:1.0";
    public static readonly XNamespace Table = Urn + "table:1.0";
    public static readonly XNamespace Draw = Urn + "drawing:1.0";
    public static readonly XNamespace Show = Urn + "presentation:1.0";
    public static readonly XNamespace Svg = Urn + "svg-compatible:1.0";
    public static readonly XNamespace Fo = Urn + "xsl-fo-compatible:1.0";
    public static readonly XNamespace Meta = Urn + "meta:1.0";
    public static readonly XNamespace Manifest = Urn + "manifest:1.0";
    public static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";

    public static IEnumerable<XAttribute> Names() =>
    [
        Name("office", Office), Name("style", Style), Name("text", Text), Name("table", Table), Name("draw", Draw), Name("presentation", Show),
        Name("svg", Svg), Name("fo", Fo), Name("meta", Meta), Name("dc", Dc), new(Office + "version", Version),
    ];

    public static string Pt(double points) => points.ToString("0.##", CultureInfo.InvariantCulture) + "pt";

    /// <summary>The frame of a thing: where it is and how large.</summary>
    public static XAttribute[] Place(double x, double y, double width, double height) =>
        [new(Svg + "x", Pt(x)), new(Svg + "y", Pt(y)), new(Svg + "width", Pt(width)), new(Svg + "height", Pt(height))];

    /// <summary>Text with its line ends and runs of spaces, which XML alone would lose; signs that XML does not know are left out.</summary>
    public static IEnumerable<XNode> Words(string text)
    {
        var clean = new string([.. text.Where(sign => sign is '\n' or '\t' || (sign >= ' ' && !char.IsSurrogate(sign) && sign < '\uFFFE'))]);
        var parts = clean.Split('\n');
        for (var at = 0; at < parts.Length; at++)
        {
            if (at > 0) yield return new XElement(Text + "line-break");
            var words = parts[at].Replace('\t', ' ');
            var from = 0;
            while (from < words.Length)
            {
                // A space at the begin, and all but the first of several, have an element of their own.
                var spaces = words.AsSpan(from).IndexOfAnyExcept(' ');
                if (spaces < 0) spaces = words.Length - from;
                if (spaces > 0)
                {
                    yield return new XElement(Text + "s", new XAttribute(Text + "c", spaces));
                    from += spaces;
                    continue;
                }

                var next = words.IndexOf("  ", from, StringComparison.Ordinal);
                var to = next < 0 ? words.Length : next;
                yield return new XText(words[from..to]);
                from = to;
            }
        }
    }

    private static XAttribute Name(string prefix, XNamespace space) => new(XNamespace.Xmlns + prefix, space.NamespaceName);
}
