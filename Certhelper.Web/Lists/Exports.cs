using System.Globalization;
using System.Text;
using System.Text.Json;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.Audit;
using Certhelper.Web.Shell;
using CsvHelper;
using CsvHelper.Configuration;

namespace Certhelper.Web.Lists;

/// <summary>Downloads of exactly what a list holds: same filter, same order, same rights. Written as it is read.</summary>
internal static class Exports
{
    private const string Permitted = nameof(Permission.ViewData);

    public static void MapExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/certifications/export.csv", (HttpContext context, CertificationList list, TimeProvider time) => CertificationsAsync(context, list, time, CsvAsync)).RequireAuthorization(Permitted).LeavesAsFile(KnownLists.Certifications).ExcludeFromDescription();
        app.MapGet("/certifications/export.json", (HttpContext context, CertificationList list, TimeProvider time) => CertificationsAsync(context, list, time, JsonAsync)).RequireAuthorization(Permitted).LeavesAsFile(KnownLists.Certifications).ExcludeFromDescription();
        app.MapGet("/runs/export.csv", (HttpContext context, RunList list, TimeProvider time) => RunsAsync(context, list, time, CsvAsync)).RequireAuthorization(Permitted).LeavesAsFile(KnownLists.Runs).ExcludeFromDescription();
        app.MapGet("/runs/export.json", (HttpContext context, RunList list, TimeProvider time) => RunsAsync(context, list, time, JsonAsync)).RequireAuthorization(Permitted).LeavesAsFile(KnownLists.Runs).ExcludeFromDescription();
    }

    private delegate Task Writer<TRow>(
        HttpContext context, string name, IReadOnlyList<ListColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken);

    private static async Task CertificationsAsync(HttpContext context, CertificationList list, TimeProvider time, Writer<CertificationRow> write)
    {
        var filter = CertificationFilter.Read(context.Request.Query.Reader(), ExperimentDay.Today(time), context.User.May(Permission.DeleteCertifications));
        if (await RefusedAsync(context, filter)) return;
        var sorting = CertificationColumns.Sorts.Parse(context.Request.Query["sort"]);
        await write(
            context, Name(KnownLists.Certifications, time), Columns(context, CertificationColumns.All),
            list.AllAsync(filter, sorting, context.RequestAborted), context.RequestAborted);
    }

    private static async Task RunsAsync(HttpContext context, RunList list, TimeProvider time, Writer<RunRow> write)
    {
        var filter = RunFilter.Read(context.Request.Query, ExperimentDay.Today(time));
        if (await RefusedAsync(context, filter)) return;
        var sorting = RunColumns.Sorts.Parse(context.Request.Query["sort"]);
        await write(
            context, Name(KnownLists.Runs, time), Columns(context, RunColumns.All),
            list.AllAsync(filter, sorting, context.RequestAborted), context.RequestAborted);
    }

    // A file of something else than was asked for would be believed.
    internal static async Task<bool> RefusedAsync(HttpContext context, ListFilter filter)
    {
        if (filter.Problems.Count == 0) return false;
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(
            "Nothing was exported.\n" + string.Concat(filter.Problems.Select(problem => $"{problem.Parameter}: {problem.Words}\n")), context.RequestAborted);
        return true;
    }

    private static IReadOnlyList<ListColumn<TRow>> Columns<TRow>(HttpContext context, IReadOnlyList<ListColumn<TRow>> all) =>
        context.Request.Query[ColumnChoice.Parameter].ToString() is { Length: > 0 } asked ? ColumnChoice.Chosen(asked, all) : all;

    internal static string Name(string list, TimeProvider time) => $"{list}-{Clock.Iso(ExperimentDay.Today(time))}";

    private static void Head(HttpContext context, string type, string fileName)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        context.Response.Headers.CacheControl = "no-store";
    }

    internal static async Task CsvAsync<TRow>(
        HttpContext context, string name, IReadOnlyList<ListColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        await using var all = rows.GetAsyncEnumerator(cancellationToken);
        // What breaks, breaks before the first byte: then it is an error page and not half a file.
        var more = await all.MoveNextAsync();
        Head(context, "text/csv; charset=utf-8; header=present", name + ".csv");
        await using var text = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16_384);
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });
        foreach (var column in columns) csv.WriteField(column.Key);
        await csv.NextRecordAsync();
        for (; more; more = await all.MoveNextAsync())
        {
            foreach (var column in columns) csv.WriteField(Cell(column.Value(all.Current)));
            await csv.NextRecordAsync();
        }
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Harmless(text),
        JsonElement json => json.GetRawText(),
        bool flag => flag ? "true" : "false",
        DateOnly day => Clock.Iso(day),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A cell cannot hold {value.GetType()}."),
    };

    /// <summary>Spreadsheets take text that starts so for a formula and run it; an apostrophe makes it text.</summary>
    internal static string Harmless(string text) => text.TrimStart() is ['=' or '+' or '-' or '@', ..] || text is ['\t' or '\r', ..] ? "'" + text : text;

    internal static async Task JsonAsync<TRow>(
        HttpContext context, string name, IReadOnlyList<ListColumn<TRow>> columns, IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        const int flushAt = 32_768;
        await using var all = rows.GetAsyncEnumerator(cancellationToken);
        var more = await all.MoveNextAsync();
        Head(context, "application/json; charset=utf-8", name + ".json");
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartArray();
        for (; more; more = await all.MoveNextAsync())
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                json.WritePropertyName(column.Key);
                JsonSerializer.Serialize(json, column.Value(all.Current));
            }

            json.WriteEndObject();
            if (json.BytesPending + context.Response.BodyWriter.UnflushedBytes < flushAt) continue;
            json.Flush();
            await context.Response.BodyWriter.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.Flush();
        await context.Response.BodyWriter.FlushAsync(cancellationToken);
    }
}
