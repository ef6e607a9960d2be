using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Certhelper.Tests.OpenShift;

/// <summary>An image registry on this machine, by OCI's distribution specification: as much of it as pulling a base and pushing an image wants.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";
    private readonly ConcurrentDictionary<string, byte[]> blobs = [];
    private readonly ConcurrentDictionary<string, byte[]> manifests = [];
    private readonly ConcurrentDictionary<string, MemoryStream> uploads = [];
    private readonly WebApplication app;

    private LoopbackRegistry(WebApplication app) => this.app = app;

    /// <summary>Host and port, as they stand before the name of an image.</summary>
    public string Address => new Uri(app.Urls.Single()).Authority.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<LoopbackRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        var registry = new LoopbackRegistry(builder.Build());
        registry.app.Run(registry.AnswerAsync);
        await registry.app.StartAsync();
        return registry;
    }

    /// <summary>A base image with one empty layer.</summary>
    public void AddBase(string repository, string tag)
    {
        // Two blocks of zeros are a tar archive of nothing; the layer is the same, packed.
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(new byte[1024]);
        var layer = packed.ToArray();
        var config = Encoding.UTF8.GetBytes($$$"""{"architecture":"amd64","os":"linux","config":{"User":"root","Env":["PATH=/usr/bin"]},"rootfs":{"type":"layers","diff_ids":["{{{Digest(new byte[1024])}}}"]},"history":[{"created_by":"nothing"}]}""");
        blobs[Digest(layer)] = layer;
        blobs[Digest(config)] = config;
        PutManifest(repository, tag, Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{ManifestType}}}","config":{"mediaType":"{{{ConfigType}}}","size":{{{config.Length}}},"digest":"{{{Digest(config)}}}"},"layers":[{"mediaType":"{{{LayerType}}}","size":{{{layer.Length}}},"digest":"{{{Digest(layer)}}}"}]}"""));
    }

    public JsonNode? Manifest(string repository, string tag) => manifests.TryGetValue($"{repository}@{tag}", out var bytes) ? JsonNode.Parse(bytes) : null;

    public byte[] Blob(JsonNode descriptor) => blobs[(string)descriptor["digest"]!];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var words = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["v2"])
        {
            await context.Response.WriteAsync("{}");
            return;
        }

        // …/blobs/uploads/ID has one word more before its kind.
        var (repository, kind) = (string.Join('/', words[1..^(words[^2] == "uploads" ? 3 : 2)]), words[^2]);
        switch (context.Request.Method, kind)
        {
            case ("GET" or "HEAD", "manifests") when manifests.TryGetValue($"{repository}@{words[^1]}", out var manifest):
                await SendAsync(context, manifest, ManifestType);
                break;
            case ("GET" or "HEAD", "blobs") when blobs.TryGetValue(words[^1], out var blob):
                await SendAsync(context, blob, "application/octet-stream");
                break;
            case ("PUT", "manifests"):
                PutManifest(repository, words[^1], await ReadAsync(context));
                context.Response.StatusCode = StatusCodes.Status201Created;
                break;
            case ("POST", "blobs") when words[^1] == "uploads":
                var id = Guid.NewGuid().ToString("N");
                uploads[id] = new MemoryStream();
                Accept(context, $"/v2/{repository}/blobs/uploads/{id}", 0);
                break;
            case ("PATCH", "uploads") when uploads.TryGetValue(words[^1], out var upload):
                upload.Write(await ReadAsync(context));
                Accept(context, context.Request.Path, upload.Length);
                break;
            case ("PUT", "uploads") when uploads.TryRemove(words[^1], out var whole):
                whole.Write(await ReadAsync(context));
                var bytes = whole.ToArray();
                var wanted = context.Request.Query["digest"].ToString();
                context.Response.StatusCode = Digest(bytes) == wanted ? StatusCodes.Status201Created : StatusCodes.Status400BadRequest;
                if (Digest(bytes) == wanted) blobs[wanted] = bytes;
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static void Accept(HttpContext context, string location, long length)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = location;
        context.Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(length - 1, 0)}");
    }

    private static async Task SendAsync(HttpContext context, byte[] bytes, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers["Docker-Content-Digest"] = Digest(bytes);
        if (context.Request.Method == "GET") await context.Response.Body.WriteAsync(bytes);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private void PutManifest(string repository, string tag, byte[] bytes)
    {
        manifests[$"{repository}@{tag}"] = bytes;
        manifests[$"{repository}@{Digest(bytes)}"] = bytes;
    }

    private static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
