using System.Diagnostics;
using System.IO.Compression;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Reports;

/// <summary>
/// Presentations are valid against the RELAX NG schema of ODF 1.3. Jing reads it; the schema itself is not ours to change and
/// comes with Debian's package <c>emacs-common</c>.
/// </summary>
[Trait("kind", "stack")]
public sealed class OdfSchemaTests : IDisposable
{
    private const string Schemas = "/usr/share/emacs";
    private static readonly DateTimeOffset Then = new(2018, 5, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly string folder = TestFolder.Create("odf");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(folder);

    [Fact]
    public async Task Presentations_are_valid_against_the_schema_of_ODF_1_3()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new ReportSamples(database);
        var lena = await given.PersonAsync("lena", "Lena <Leader>", Role.ShiftLeader);
        List<string> files = [];
        await using (var db = database.NewContext()) files.AddRange(await PartsAsync("empty", (await WeekAsync(db, lena)).With(new Dictionary<string, string>())));

        await given.WeekAsync(lena.UserId);
        await given.DailyAsync(lena.UserId);
        await using (var db = database.NewContext())
        {
            db.Fills.Add(new Fill { FillNumber = 7212, BunchesColliding = 2544, DeliveredLumiInvPb = 400, RecordedLumiInvPb = 380.5, PeakLumiE30 = 18_900, PeakPileup = 50.5681 });
            for (var run = 0; run < 150; run++)
                ReportSamples.Add(db, 323_000 + run, run % 4 == 0 ? RunType.Cosmics : RunType.Collisions, Reconstruction.Express, run * 0.7, run, ReportSamples.Day.AddDays(run % 7), run % 5 > 0, lena.UserId, 7212);
            await db.SaveChangesAsync(Token);
        }

        await using var read = database.NewContext();
        files.AddRange(await PartsAsync("full", (await WeekAsync(read, lena)).With(new Dictionary<string, string>
        {
            [WeeklyNotes.Summary] = " Two  spaces,\ta tab \u0007 and <markup> & \"quotes\"\n\nafter an empty line\n",
            [WeeklyNotes.OnCall] = "Anna Oncall",
        })));
        files.AddRange(await PartsAsync("daily", await ReportSamples.Writer(read).DailyAsync(ReportSamples.Day, lena.UserId, Token)));

        Assert.Equal("", await JingAsync(Schema("OpenDocument-schema-v1.3.rnc"), [.. files.Where(file => !file.EndsWith("manifest.xml", StringComparison.Ordinal))]));
        // The manifest of 1.3 is that of 1.2 for files that are not encrypted, but for the number.
        var manifest = Path.Combine(folder, "manifest.rnc");
        await File.WriteAllTextAsync(
            manifest, (await File.ReadAllTextAsync(Schema("od-manifest-schema-v1.2-os.rnc"), Token)).Replace("manifest:version { \"1.2\" }", "manifest:version { \"1.3\" }", StringComparison.Ordinal), Token);
        Assert.Equal("", await JingAsync(manifest, [.. files.Where(file => file.EndsWith("manifest.xml", StringComparison.Ordinal))]));
    }

    [Theory]
    [InlineData("content.xml", "<draw:text-box>", "<draw:text-box draw:colour=\"red\">", "draw:colour")]
    [InlineData("content.xml", "<text:p ", "<text:p text:nobody=\"1\" ", "text:nobody")]
    [InlineData("styles.xml", "style:family=\"graphic\"", "style:family=\"graphics\"", "style:family")]
    public async Task A_broken_presentation_is_not_valid(string part, string right, string wrong, string named)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new ReportSamples(database);
        var lena = await given.PersonAsync("lena", "Lena Leader", Role.ShiftLeader);
        await given.WeekAsync(lena.UserId);
        await using var db = database.NewContext();
        var file = (await PartsAsync("broken", await WeekAsync(db, lena))).Single(name => name.EndsWith(part, StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(file, Token);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{part} has no {right}");
        await File.WriteAllTextAsync(file, string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length)), Token);

        Assert.Contains(named, await JingAsync(Schema("OpenDocument-schema-v1.3.rnc"), [file]), StringComparison.Ordinal);
    }

    private static Task<ReportDocument> WeekAsync(Core.Storage.CerthelperDbContext db, Actor leader) =>
        ReportSamples.Writer(db).WeeklyAsync(Period.WeekOf(ReportSamples.Day), null, leader.Name, Token);

    /// <summary>The XML files of a presentation, unpacked.</summary>
    private async Task<List<string>> PartsAsync(string name, ReportDocument document)
    {
        using var archive = new ZipArchive(new MemoryStream(ReportFormats.Render(document, "odp", Then, "Lena <Leader>")!.Bytes));
        List<string> files = [];
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            var file = Path.Combine(folder, name, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await entry.ExtractToFileAsync(file, Token);
            files.Add(file);
        }

        return files;
    }

    private static string Schema(string name) => Directory.Exists(Schemas)
        && Directory.EnumerateFiles(Schemas, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() is { } found
        ? found
        : throw new InvalidOperationException($"{name} is not below {Schemas}; ./certhelper test installs it (Debian's package emacs-common).");

    /// <summary>What Jing finds wrong; empty when nothing is.</summary>
    private static async Task<string> JingAsync(string schema, IReadOnlyList<string> files)
    {
        // -i: the schema of ODF types attributes in ways that the checks of ID and IDREF cannot follow.
        using var process = Process.Start(new ProcessStartInfo("jing", ["-c", "-i", schema, .. files]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var found = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0 == (found.Length == 0), $"jing ended with {process.ExitCode}: {found}{await error}");
        return found;
    }
}
