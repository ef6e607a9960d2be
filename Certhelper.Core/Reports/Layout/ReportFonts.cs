using System.Collections.Concurrent;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace Certhelper.Core.Reports;

/// <summary>The fonts that reports are measured and printed with; they come with the program, no machine needs any.</summary>
internal sealed class ReportFonts : IFontResolver
{
    private const string Family = "DejaVu Sans Condensed";

    private static readonly ConcurrentDictionary<(char Sign, bool Bold), double> Widths = new();

    // PDFsharp keeps fonts for the whole process and is used by one at a time.
    internal static readonly Lock Turn = new();

    static ReportFonts()
    {
        GlobalFontSettings.FontResolver ??= new ReportFonts();
    }

    public static XFont Font(double size, bool bold) => new(Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);

    /// <summary>How wide a text is, in points.</summary>
    public static double Width(string text, double size, bool bold)
    {
        var sum = 0.0;
        foreach (var sign in text) sum += Widths.GetOrAdd((sign, bold), Measure);
        return sum * size;
    }

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "bold" : "regular");

    public byte[]? GetFont(string faceName)
    {
        using var stream = typeof(ReportFonts).Assembly.GetManifestResourceStream($"Certhelper.Core.Fonts.{faceName}.ttf")
            ?? throw new InvalidOperationException("The fonts of the reports are not in the program; build it anew.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static double Measure((char Sign, bool Bold) of)
    {
        lock (Turn)
        {
            using var context = XGraphics.CreateMeasureContext(new XSize(1000, 1000), XGraphicsUnit.Point, XPageDirection.Downwards);
            return context.MeasureString(of.Sign.ToString(), Font(100, of.Bold)).Width / 100;
        }
    }
}
