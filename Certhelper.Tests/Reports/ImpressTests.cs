using System.Diagnostics;
using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Reports;

/// <summary>LibreOffice opens the presentation, and both files become pictures. What they look like is checked in under docs/examples.</summary>
[Trait("kind", "stack")]
public sealed class ImpressTests : IDisposable
{
    private readonly string folder = TestFolder.Create("impress");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(folder);

    [Fact]
    public async Task LibreOffice_shows_every_slide_with_its_text_and_both_files_become_pictures()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new ReportSamples(database);
        var lena = await given.PersonAsync("lena", "Lena Leader", Role.ShiftLeader);
        await given.WeekAsync(lena.UserId);
        await using (var db = database.NewContext())
        {
            db.Fills.Add(new Fill { FillNumber = 7212, BunchesColliding = 2544, DeliveredLumiInvPb = 400, RecordedLumiInvPb = 380.5, PeakLumiE30 = 18_900, PeakPileup = 50.5681 });
            for (var run = 0; run < 400; run++)
                ReportSamples.Add(db, 323_000 + run, run % 4 == 0 ? RunType.Cosmics : RunType.Collisions, Reconstruction.Express, run * 0.7, run, ReportSamples.Day.AddDays(run % 7), run % 5 > 0, lena.UserId, 7212);
            await db.SaveChangesAsync(Token);
        }

        await using var read = database.NewContext();
        var document = (await ReportSamples.Writer(read).WeeklyAsync(Period.WeekOf(ReportSamples.Day), null, lena.Name, Token))
            .With(new Dictionary<string, string> { [WeeklyNotes.Summary] = "Gains of the strip tracker changed on Tuesday.\nNothing else happened.", [WeeklyNotes.OnCall] = "Anna Oncall" });
        var at = new DateTimeOffset(2018, 5, 21, 8, 0, 0, TimeSpan.Zero);
        var odp = Path.Combine(folder, "week.odp");
        await File.WriteAllBytesAsync(odp, ReportFormats.Render(document, "odp", at, lena.Name)!.Bytes, Token);
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.pdf"), ReportFormats.Render(document, "pdf", at, lena.Name)!.Bytes, Token);

        await RunAsync("soffice", "--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder, odp);
        await RunAsync("pdftoppm", "-r", "40", "-png", Path.Combine(folder, "week.pdf"), Path.Combine(folder, "slide"));
        await RunAsync("pdftoppm", "-r", "40", "-png", Path.Combine(folder, "report.pdf"), Path.Combine(folder, "page"));

        if (Environment.GetEnvironmentVariable("CERTHELPER_KEEP_EXAMPLES") is { Length: > 0 } kept)
            foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(kept, Path.GetFileName(file)), overwrite: true);

        using var slides = UglyToad.PdfPig.PdfDocument.Open(await File.ReadAllBytesAsync(Path.Combine(folder, "week.pdf"), Token));
        var made = OdpPages(odp);
        Assert.Equal(made, slides.NumberOfPages);
        Assert.Equal(made, Directory.GetFiles(folder, "slide*.png").Length);
        Assert.True(Directory.GetFiles(folder, "page*.png").Length > 5);
        Assert.Contains("Offline Shift Leader Report", slides.GetPage(1).Text, StringComparison.Ordinal);
        foreach (var page in slides.GetPages())
        {
            Assert.All(page.Letters, letter => Assert.True(
                letter.BoundingBox.Left >= 0 && letter.BoundingBox.Right <= page.Width && letter.BoundingBox.Bottom >= 0,
                string.Create(CultureInfo.InvariantCulture, $"slide {page.Number}: {letter.Value} at {letter.BoundingBox}")));
            // The number of the page stands alone at its foot: nothing reaches down to it.
            var foot = string.Concat(page.Letters.Where(letter => letter.BoundingBox.Bottom < 26).Select(letter => letter.Value)).Trim();
            Assert.True(page.Number == 1 || foot == page.Number.ToString(CultureInfo.InvariantCulture), $"slide {page.Number} ends in \"{foot}\"");
        }
    }

    private static int OdpPages(string file)
    {
        using var archive = System.IO.Compression.ZipFile.OpenRead(file);
        using var content = archive.GetEntry("content.xml")!.Open();
        return System.Xml.Linq.XDocument.Load(content).Descendants(Odf.Draw + "page").Count();
    }

    private static async Task RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"{program}: {await error}");
    }
}
