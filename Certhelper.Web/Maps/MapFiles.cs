using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Certhelper.Web.Maps;

/// <summary>The content of what executions left behind. Only images are shown; everything else is handed over to be saved.</summary>
internal static class MapFiles
{
    public static void MapMapFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/maps/files/{file:long}", SendAsync).RequireAuthorization(nameof(Permission.ViewData)).ExcludeFromDescription();

    private static async Task SendAsync(long file, HttpContext context, CerthelperDbContext db, IFileStore store)
    {
        var token = context.RequestAborted;
        var found = await db.ExecutionFiles.AsNoTracking().Where(row => row.Id == file)
            .Select(row => new { row.Name, row.Hash, row.MediaType, row.Size }).SingleOrDefaultAsync(token);
        var response = context.Response;
        if (found is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var tag = new EntityTagHeaderValue($"\"{found.Hash}\"");
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        // A number always means the same content; it is for people who are signed in.
        headers.CacheControl = new CacheControlHeaderValue { Private = true, MaxAge = TimeSpan.FromDays(365), Extensions = { new NameValueHeaderValue("immutable") } };
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(asked => asked.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var isImage = MediaTypes.IsImage(found.MediaType);
        var disposition = new ContentDispositionHeaderValue(isImage ? "inline" : "attachment");
        disposition.SetHttpFileName(found.Name);
        headers.ContentDisposition = disposition;
        response.ContentType = isImage ? found.MediaType : found.MediaType == MediaTypes.Text ? "text/plain; charset=utf-8" : MediaTypes.Unknown;
        response.ContentLength = found.Size;
        if (await store.WriteToAsync(found.Hash, response.Body, token)) return;

        // Known, and yet not kept: never to be remembered by a browser.
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status404NotFound;
    }
}
