using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Scripts;

/// <summary>Files in a folder that all processes share (<c>Scripts:FilesFolder</c>), named by their hash.</summary>
public sealed class FolderFileStore(IOptions<ScriptsOptions> options) : IFileStore
{
    private readonly string folder = options.Value.FilesFolder!;

    public async Task<string> KeepAsync(Stream content, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var path = PathOf(hash);
        if (File.Exists(path)) return hash;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        content.Position = 0;
        // Written aside and moved: nobody ever sees half of a file.
        var aside = path + "." + Path.GetRandomFileName();
        await using (var file = File.Create(aside)) await content.CopyToAsync(file, cancellationToken);
        File.Move(aside, path, overwrite: true);
        return hash;
    }

    public async Task<bool> WriteToAsync(string hash, Stream target, CancellationToken cancellationToken)
    {
        var path = PathOf(hash);
        if (!File.Exists(path)) return false;
        await using var file = File.OpenRead(path);
        await file.CopyToAsync(target, cancellationToken);
        return true;
    }

    private string PathOf(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(folder, hash[..2], hash)
        : throw new ArgumentException("This is no hash of a file.", nameof(hash));
}
