using System.Globalization;
using System.Text;
using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Certhelper.Web.Executions;

/// <summary>What of an execution is no page: new lines for browsers without web sockets, the whole log, its files.</summary>
internal static class ExecutionAnswers
{
    private const string Permitted = nameof(Permission.RunScripts);
    private const int LongestWait = 25;

    public static void MapExecutionAnswers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/executions/{id:long}/lines", LinesAsync).RequireAuthorization(Permitted).ExcludeFromDescription();
        app.MapGet("/executions/{id:long}/log", LogAsync).RequireAuthorization(Permitted).LeavesAsFile("execution log").ExcludeFromDescription();
        app.MapGet("/executions/{id:long}/files/{file:long}", FileAsync).RequireAuthorization(Permitted).LeavesAsFile("execution file").ExcludeFromDescription();
    }

    /// <summary>The next portion after a line; waits for it so many seconds, and then says that there is none.</summary>
    private static async Task LinesAsync(HttpContext context, long id, ExecutionFeeds feeds, ExecutionReading reading, IHostApplicationLifetime lifetime, TimeProvider time, long after = 0, long change = -1, int wait = 0)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Clamp(wait, 0, LongestWait)) + TimeSpan.FromMilliseconds(500), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping, context.RequestAborted);
        ExecutionPortion? portion = null;
        try
        {
            await foreach (var next in feeds.FollowAsync(id, after, change, either.Token))
            {
                portion = next;
                break;
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Nothing new within the time that the browser gave, or before this process stops.
        }

        if (portion is null && await reading.NowAsync(id, context.RequestAborted) is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.Body, portion ?? new ExecutionPortion(default, default, after), JsonSerializerOptions.Web, context.RequestAborted);
    }

    /// <summary>All lines that are kept, as the script printed them.</summary>
    private static async Task LogAsync(HttpContext context, long id, ExecutionReading reading)
    {
        var cancellationToken = context.RequestAborted;
        if (await reading.NowAsync(id, cancellationToken) is not { } now)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // What breaks, breaks before the first byte: then it is an error page and not half a file.
        var lines = await reading.LinesAsync(id, 0, now.LastLine, cancellationToken);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"execution-{id}.log\"");
        await using var text = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32_768);
        while (lines.Count > 0)
        {
            foreach (var line in lines)
            {
                await text.WriteAsync(line.Text.AsMemory(), cancellationToken);
                if (line.Ends) await text.WriteAsync('\n');
            }

            lines = await reading.LinesAsync(id, lines[^1].Number, now.LastLine, cancellationToken);
        }
    }

    /// <summary>A file that an execution left behind. What could run in a browser is only offered to be kept.</summary>
    private static async Task FileAsync(HttpContext context, long id, long file, CerthelperDbContext db, IFileStore store)
    {
        var cancellationToken = context.RequestAborted;
        var found = await db.ExecutionFiles.AsNoTracking().Where(row => row.Id == file && row.ExecutionId == id)
            .Select(row => new { row.Name, row.Hash, row.Size, row.MediaType }).SingleOrDefaultAsync(cancellationToken);
        var response = context.Response;
        if (found is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var tag = new EntityTagHeaderValue($"\"{found.Hash}\"");
        response.Headers.ETag = tag.ToString();
        // The content of an address never changes: it is the file of one execution.
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var inline = MediaTypes.IsImage(found.MediaType) || found.MediaType == MediaTypes.Text;
        response.ContentType = !inline ? MediaTypes.Unknown : found.MediaType == MediaTypes.Text ? "text/plain; charset=utf-8" : found.MediaType;
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(found.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.ContentLength = found.Size;
        if (await store.WriteToAsync(found.Hash, response.Body, cancellationToken)) return;
        response.Clear();
        response.StatusCode = StatusCodes.Status404NotFound;
    }
}
