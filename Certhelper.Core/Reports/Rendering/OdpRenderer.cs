using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static Certhelper.Core.Reports.Odf;

namespace Certhelper.Core.Reports;

/// <summary>A report as an OpenDocument presentation (1.3), the slides 4:3, for Impress and whoever else reads it.</summary>
public static class OdpRenderer
{
    /// <summary>The file.</summary>
    /// <param name="document">The report with its notes.</param>
    /// <param name="madeAt">When it was made.</param>
    /// <param name="author">Who made it.</param>
    public static byte[] Render(ReportDocument document, DateTimeOffset madeAt, string author)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            // First and not compressed, so that programs know the file by its first bytes.
            using (var type = archive.CreateEntry("mimetype", CompressionLevel.NoCompression).Open()) type.Write(Encoding.ASCII.GetBytes(Presentation));
            Write(archive, "content.xml", OdpSlides.Document(document));
            Write(archive, "styles.xml", OdpStyles.Document());
            Write(archive, "meta.xml", About(document, madeAt, author));
            Write(archive, "META-INF/manifest.xml", Contents());
        }

        return bytes.ToArray();
    }

    private static void Write(ZipArchive archive, string name, XElement root)
    {
        using var file = archive.CreateEntry(name).Open();
        using var writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        new XDocument(root).Save(writer);
    }

    private static XElement About(ReportDocument document, DateTimeOffset madeAt, string author)
    {
        var at = madeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var title = document.Kind == ReportKind.Weekly
            ? $"Shiftleader Report for {PeriodWords.Iso(document.Period.From)} to {PeriodWords.Iso(document.Period.To)}"
            : $"{document.Title}, {document.Subtitle}";
        return new XElement(
            Office + "document-meta",
            Names(),
            new XElement(
                Office + "meta",
                new XElement(Meta + "generator", "Certhelper/" + (typeof(OdpRenderer).Assembly.GetName().Version?.ToString(3) ?? "0")),
                new XElement(Dc + "title", title), new XElement(Meta + "initial-creator", author), new XElement(Dc + "creator", author),
                new XElement(Meta + "creation-date", at), new XElement(Dc + "date", at), new XElement(Dc + "language", "en-GB")));
    }

    private static XElement Contents()
    {
        return new XElement(
            Manifest + "manifest", new XAttribute(XNamespace.Xmlns + "manifest", Manifest.NamespaceName), new XAttribute(Manifest + "version", Odf.Version),
            File("/", Presentation, Odf.Version), File("content.xml", "text/xml"), File("styles.xml", "text/xml"), File("meta.xml", "text/xml"));

        static XElement File(string path, string type, string? version = null) => new(
            Manifest + "file-entry", new XAttribute(Manifest + "full-path", path), version is null ? null : new XAttribute(Manifest + "version", version),
            new XAttribute(Manifest + "media-type", type));
    }
}
