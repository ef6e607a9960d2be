using System.Globalization;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Jobs.Reports;

/// <summary>
/// <c>report 2024-10-07 2024-10-13 week.odp</c>: writes the report of a period to a file, in the format that its name ends in;
/// keeps nothing. Needs <c>ConnectionStrings:certhelper</c>, as <c>migrate</c> does.
/// </summary>
internal static class ReportVerb
{
    private const string Usage = "usage: report <first day> <last day> <file>, for example: report 2024-10-07 2024-10-13 week.odp";

    public static Task<int> RunAsync(string[] args) =>
        RunAsync(args, Host.CreateApplicationBuilder().Configuration, TimeProvider.System, Console.Out, Console.Error, CancellationToken.None);

    /// <summary>Says on <paramref name="output"/> what it wrote, on <paramref name="error"/> in one line why it did not.</summary>
    /// <returns>The exit code: 0, or 1 when it failed.</returns>
    public static async Task<int> RunAsync(
        string[] args, IConfiguration configuration, TimeProvider time, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args is not [var first, var last, var file] || Day(first) is not { } from || Day(last) is not { } to || to < from)
        {
            await error.WriteLineAsync(Usage);
            return 1;
        }

        var format = Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
        if (ReportFormats.All.All(known => known.Extension != format))
        {
            await error.WriteLineAsync($"Certhelper cannot write a report as \"{format}\": the file's name ends in {string.Join(", ", ReportFormats.All.Select(known => known.Extension))}.");
            return 1;
        }

        var connectionString = configuration.GetConnectionString("certhelper");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            await error.WriteLineAsync("Certhelper cannot write the report: ConnectionStrings:certhelper is not set.");
            return 1;
        }

        try
        {
            var options = new DbContextOptionsBuilder<CerthelperDbContext>().UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure());
            StorageSetup.Configure(options);
            await using var db = new CerthelperDbContext(options.Options);
            var document = await new ReportWriter(db, new ReportData(db)).WeeklyAsync(new Period(from, to), null, null, cancellationToken);
            var rendered = ReportFormats.Render(document, format, time.GetUtcNow(), "Certhelper")!;
            await File.WriteAllBytesAsync(file, rendered.Bytes, cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {document.Subtitle}, {rendered.Bytes.Length} bytes"));
            return 0;
        }
        catch (ArgumentException)
        {
            // Npgsql's own sentence can quote parts of the string, which holds a password.
            await error.WriteLineAsync("Certhelper cannot write the report: ConnectionStrings:certhelper cannot be read.");
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync("Certhelper cannot write the report: " + exception.GetBaseException().Message.ReplaceLineEndings(" "));
        }

        return 1;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
