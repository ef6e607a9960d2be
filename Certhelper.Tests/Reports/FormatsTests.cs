using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Infrastructure;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Certhelper.Tests.Reports;

/// <summary>Every format holds the same numbers, and they are those of SQL: read back out of each.</summary>
public sealed class FormatsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly Period Week = Period.WeekOf(ReportSamples.Day);
    private static readonly DateTimeOffset Then = new(2018, 5, 21, 8, 0, 0, TimeSpan.Zero);

    private TestDatabase database = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        lena = await new ReportSamples(database).PersonAsync("lena", "Lena <Leader>", Role.ShiftLeader);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Page_text_Markdown_CSV_ODP_and_PDF_give_the_numbers_of_SQL()
    {
        await new ReportSamples(database).WeekAsync(lena.UserId);
        var expected = (await WeekBySql.GroupsAsync(database, Week.From, Week.To)).ToDictionary(group => group.Key, group => Shown(group.Value));
        var document = await BuildAsync();

        Assert.Equal(expected, Html(File(document, "html")));
        Assert.Equal(expected, Grid(File(document, "txt"), line => line.StartsWith("| C", StringComparison.Ordinal)));
        Assert.Equal(expected, Grid(File(document, "md"), line => line.StartsWith("| C", StringComparison.Ordinal)));
        Assert.Equal(expected, Csv(document));
        Assert.Equal(expected, Odp(document));
        Assert.Equal(expected, Pdf(document, expected));
    }

    [Fact]
    public async Task What_people_typed_is_text_in_every_format()
    {
        await new ReportSamples(database).WeekAsync(lena.UserId);
        const string nasty = "<script>alert(1)</script> & | **x** \u0007 \"=1+1\"";

        var document = (await BuildAsync()).With(new Dictionary<string, string> { ["summary"] = nasty, ["on-call"] = nasty });

        var html = File(document, "html");
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Contains(@"\<script\>", File(document, "md"), StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", Content(document).Root!.Value, StringComparison.Ordinal);
        Assert.Contains("Lena <Leader>", Content(document).Root!.Value, StringComparison.Ordinal);
        using var pdf = PdfDocument.Open(ReportFormats.Render(document, "pdf", Then, lena.Name)!.Bytes);
        Assert.Contains("<script>alert(1)</script>", string.Concat(pdf.GetPages().Select(page => page.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_presentation_is_a_package_that_programs_know_by_its_first_bytes()
    {
        var bytes = ReportFormats.Render(await BuildAsync(), "odp", Then, lena.Name)!.Bytes;

        Assert.Equal("mimetypeapplication/vnd.oasis.opendocument.presentation", Encoding.ASCII.GetString(bytes, 30, 55));
        using var archive = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"], archive.Entries.Select(entry => entry.FullName));
        var meta = XDocument.Load(archive.GetEntry("meta.xml")!.Open()).Root!.Value;
        Assert.Contains("Shiftleader Report for 2018-05-14 to 2018-05-20", meta, StringComparison.Ordinal);
        Assert.Contains("Lena <Leader>", meta, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(400)]
    public async Task D94_nothing_runs_over_the_edge_of_a_slide_or_a_page(int runs)
    {
        await ManyAsync(runs);
        var document = (await BuildAsync()).With(new Dictionary<string, string>
        {
            ["summary"] = string.Join('\n', Enumerable.Repeat("A long note that somebody typed about what happened this week, with all details. ", 60)),
            ["on-call"] = new string('x', 900),
        });

        foreach (var frame in Content(document).Descendants(Odf.Draw + "frame"))
        {
            double At(string name) => double.Parse(frame.Attribute(Odf.Svg + name)!.Value.Replace("pt", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            Assert.True(At("x") >= -0.1 && At("x") + At("width") <= 720.1, frame.ToString());
            Assert.True(At("y") >= 0 && At("y") + At("height") <= 540.1, $"{At("y")} + {At("height")}: {frame.Value}");
        }

        using var pdf = PdfDocument.Open(ReportFormats.Render(document, "pdf", Then, lena.Name)!.Bytes);
        foreach (var page in pdf.GetPages())
            Assert.All(page.Letters, letter => Assert.True(letter.BoundingBox.Right <= 842 - 30 && letter.BoundingBox.Left >= 30 && letter.BoundingBox.Bottom >= 25, $"page {page.Number}: {letter.Value}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} runs: {Content(document).Descendants(Odf.Draw + "page").Count()} slides, {pdf.NumberOfPages} pages"));
    }

    [Fact]
    public async Task Long_tables_repeat_their_head_and_pages_are_numbered()
    {
        await ManyAsync(400);
        var document = await BuildAsync();

        var slides = Content(document).Descendants(Odf.Draw + "page").Where(page => page.Value.StartsWith("List of LHC Fills - Collisions Express (", StringComparison.Ordinal)).ToList();
        Assert.True(slides.Count > 1);
        Assert.All(slides, slide => Assert.Equal("Fill", slide.Descendants(Odf.Table + "table-cell").First().Value));
        using var pdf = PdfDocument.Open(ReportFormats.Render(document, "pdf", Then, lena.Name)!.Bytes);
        Assert.Contains($"2 / {pdf.NumberOfPages}", pdf.GetPage(2).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_PDF_says_what_is_a_heading_a_list_a_table_and_a_picture_and_has_bookmarks_title_and_language()
    {
        await new ReportSamples(database).WeekAsync(lena.UserId);
        var document = await BuildAsync();
        using var pdf = PdfDocument.Open(ReportFormats.Render(document, "pdf", Then, lena.Name)!.Bytes);

        var catalog = pdf.Structure.Catalog.CatalogDictionary.Data;
        Assert.Contains("en-GB", catalog["Lang"].ToString(), StringComparison.Ordinal);
        Assert.Contains("true", Of(pdf, catalog["MarkInfo"]).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("StructTreeRoot", catalog.Keys);
        Assert.Equal($"{document.Title}, {document.Subtitle}", pdf.Information.Title);
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal(document.Sections.Select(section => section.Title), bookmarks!.GetNodes().Select(node => node.Title));
        var kinds = Kinds(pdf).ToList();
        foreach (var kind in new[] { "H1", "H2", "H3", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Figure" }) Assert.Contains(kind, kinds);
        Assert.Equal(document.Sections.Count, kinds.Count(kind => kind == "H2"));
        // Nothing is drawn that is neither read nor said to be decoration.
        Assert.All(pdf.GetPages(), page => Assert.Equal(page.Letters.Count, Letters(page.GetMarkedContents())));
    }

    /// <summary>The kinds of all structure elements, in the order in which they are read.</summary>
    private static IEnumerable<string> Kinds(PdfDocument pdf)
    {
        return Below(Of(pdf, pdf.Structure.Catalog.CatalogDictionary.Data["StructTreeRoot"]));

        IEnumerable<string> Below(IToken token)
        {
            if (token is ArrayToken several) return several.Data.SelectMany(item => Below(Of(pdf, item)));
            if (token is not DictionaryToken element || !element.Data.TryGetValue("K", out var kids)) return Kind(token);
            return Kind(element).Concat(Below(Of(pdf, kids)));
        }

        static IEnumerable<string> Kind(IToken token) => token is DictionaryToken element && element.Data.GetValueOrDefault("S") is NameToken name ? [name.Data] : [];
    }

    private static IToken Of(PdfDocument pdf, IToken token) => token is IndirectReferenceToken reference ? pdf.Structure.GetObject(reference.Data).Data : token;

    private static int Letters(IEnumerable<UglyToad.PdfPig.Content.MarkedContentElement> marked) =>
        marked.Sum(element => element.Letters.Count + Letters(element.Children));

    private async Task ManyAsync(int runs)
    {
        await using var db = database.NewContext();
        for (var at = 0; at < runs; at++)
        {
            var fill = 7000 + at / 37;
            if (at % 37 == 0) db.Fills.Add(new Fill { FillNumber = fill, BunchesColliding = 2544, DeliveredLumiInvPb = 400, RecordedLumiInvPb = 380, PeakLumiE30 = 18_900, PeakPileup = 50 });
            var made = ReportSamples.Add(db, 320_000 + at, at % 5 == 0 ? RunType.Cosmics : RunType.Collisions, Reconstruction.Express, at * 1.37, at, Week.From.AddDays(at % 7), at % 3 > 0, lena.UserId, fill);
            made.Comment = string.Join(' ', Enumerable.Repeat("long comment with averyveryveryveryveryveryveryveryveryverylongword", 4));
            if (at % 2 == 0) db.Certifications.Add(new TrackerCertification
            {
                RunReconstruction = new RunReconstruction { RunNumber = 320_000 + at, Run = made.RunReconstruction!.Run, Reconstruction = Reconstruction.Prompt },
                OwnerId = lena.UserId,
                Pixel = ComponentVerdict.Good,
                Strip = ComponentVerdict.Good,
                Tracking = ComponentVerdict.Good,
                TrackerMap = TrackerMapState.Exists,
                Date = made.Date,
                CreatedAt = Then,
                UpdatedAt = Then,
            });
        }

        await db.SaveChangesAsync(Token);
    }

    private async Task<ReportDocument> BuildAsync()
    {
        await using var db = database.NewContext();
        return await ReportSamples.Writer(db).WeeklyAsync(Week, null, lena.Name, Token);
    }

    private string File(ReportDocument document, string extension) => Encoding.UTF8.GetString(ReportFormats.Render(document, extension, Then, lena.Name)!.Bytes);

    private XDocument Content(ReportDocument document)
    {
        using var archive = new ZipArchive(new MemoryStream(ReportFormats.Render(document, "odp", Then, lena.Name)!.Bytes));
        using var content = archive.GetEntry("content.xml")!.Open();
        return XDocument.Load(content);
    }

    /// <summary>The exact numbers of SQL as people are shown them.</summary>
    private static string Shown(string exact)
    {
        var words = exact.Split(' ');
        for (var at = 3; at < 6; at++) words[at] = LuminosityText.Ascii(double.Parse(words[at], CultureInfo.InvariantCulture));
        return string.Join(' ', words);
    }

    private static string Ascii(string text) => text.Replace("pb⁻¹", "/pb", StringComparison.Ordinal).Replace("µb⁻¹", "/ub", StringComparison.Ordinal);

    private static Dictionary<string, string> Html(string html) => new HtmlParser().ParseDocument(html).QuerySelectorAll("table[data-table=weekly-certification] tbody tr")
        .Select(row => row.Children.Select(cell => cell.TextContent).ToList())
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => Ascii(string.Join(' ', cells.Skip(2))));

    private static Dictionary<string, string> Grid(string text, Func<string, bool> which) => text.Split('\n').Where(which)
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 11)
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => Ascii(string.Join(' ', cells.Skip(2))));

    private Dictionary<string, string> Csv(ReportDocument document)
    {
        using var archive = new ZipArchive(new MemoryStream(ReportFormats.Render(document, "csv", Then, lena.Name)!.Bytes));
        using var reader = new StreamReader(archive.GetEntry("weekly-certification.csv")!.Open());
        return reader.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => Shown(string.Join(' ', cells.Skip(2))));
    }

    private Dictionary<string, string> Odp(ReportDocument document) => Content(document).Descendants(Odf.Draw + "page")
        .Where(page => page.Value.StartsWith("Weekly certification", StringComparison.Ordinal)).SelectMany(page => page.Descendants(Odf.Table + "table-row"))
        .Select(row => row.Elements(Odf.Table + "table-cell").Select(cell => string.Join(' ', cell.Elements(Odf.Text + "p").Select(line => line.Value))).ToList())
        .Where(cells => cells.Count == 11 && cells[0] != "Type")
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => Ascii(string.Join(' ', cells.Skip(2))));

    /// <summary>Rows of the table in reading order; what the page says in a row of words is compared with what is expected there.</summary>
    private Dictionary<string, string> Pdf(ReportDocument document, Dictionary<string, string> expected)
    {
        using var pdf = PdfDocument.Open(ReportFormats.Render(document, "pdf", Then, lena.Name)!.Bytes);
        var lines = pdf.GetPages().SelectMany(page => page.GetWords()
            .GroupBy(word => (page.Number, Y: Math.Round(word.BoundingBox.Bottom)))
            .Select(line => Ascii(string.Join(' ', line.OrderBy(word => word.BoundingBox.Left).Select(word => word.Text))))).ToList();
        return expected.Keys.Select(key => (key, Line: lines.FirstOrDefault(line => line.StartsWith(key + " ", StringComparison.Ordinal) && line.Split(' ').Length >= 13)))
            .ToDictionary(found => found.key, found => found.Line?[(found.key.Length + 1)..] ?? "not found");
    }
}
