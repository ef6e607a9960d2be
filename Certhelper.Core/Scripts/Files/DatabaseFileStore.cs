using System.Security.Cryptography;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Scripts;

/// <summary>Files in the database, in portions: backed up with everything else, and no volume to share.</summary>
public sealed class DatabaseFileStore(CerthelperDbContext db, TimeProvider time) : IFileStore
{
    private const int PartLength = 256 * 1024;

    public async Task<string> KeepAsync(Stream content, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        if (await db.StoredFiles.AnyAsync(file => file.Hash == hash, cancellationToken)) return hash;

        content.Position = 0;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var size = content.Length;
            var now = time.GetUtcNow();
            var isNew = await db.Database.ExecuteSqlAsync(
                $"INSERT INTO stored_files (hash, size, stored_at) VALUES ({hash}, {size}, {now}) ON CONFLICT DO NOTHING", cancellationToken);
            // Somebody else keeps the same content at this moment: the insert waited for them.
            if (isNew == 0) return;
            content.Position = 0;
            var buffer = new byte[PartLength];
            for (var number = 0; await content.ReadAtLeastAsync(buffer, PartLength, throwOnEndOfStream: false, cancellationToken) is > 0 and var read; number++)
            {
                var part = buffer.AsMemory(0, read).ToArray();
                await db.Database.ExecuteSqlAsync($"INSERT INTO stored_file_parts (hash, number, content) VALUES ({hash}, {number}, {part})", cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        });
        return hash;
    }

    public async Task<bool> WriteToAsync(string hash, Stream target, CancellationToken cancellationToken)
    {
        if (!await db.StoredFiles.AnyAsync(file => file.Hash == hash, cancellationToken)) return false;
        for (var number = 0; ; number++)
        {
            var place = number;
            var part = await db.StoredFileParts.Where(row => row.Hash == hash && row.Number == place).Select(row => row.Content).SingleOrDefaultAsync(cancellationToken);
            if (part is null) return true;
            await target.WriteAsync(part, cancellationToken);
        }
    }
}
