using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Scripts.Definitions;

/// <summary>A script with the version that is in use.</summary>
public sealed record ShelvedScript(
    string Key, string Title, DateTimeOffset? RetiredAt, int Number, DateTimeOffset At, string? ByName, string? Note, ScriptDefinition Definition)
{
    /// <summary>Whether it runs on this host, as keys name hosts.</summary>
    public bool IsOn(string host, int port) => Definition.Port == port && string.Equals(Definition.Host, host, StringComparison.OrdinalIgnoreCase);
}

/// <summary>All scripts as they are now; they are few.</summary>
internal static class ScriptShelf
{
    public static async Task<IReadOnlyList<ShelvedScript>> ReadAsync(CerthelperDbContext db, CancellationToken cancellationToken) =>
        await db.ScriptVersions
            .Where(version => !db.ScriptVersions.Any(later => later.ScriptId == version.ScriptId && later.Number > version.Number))
            .OrderBy(version => version.Script!.RetiredAt != null).ThenBy(version => version.Script!.Position).ThenBy(version => version.ScriptId)
            .Select(version => new ShelvedScript(
                version.Script!.Key, version.Script.Title, version.Script.RetiredAt, version.Number, version.CreatedAt,
                version.CreatedBy == null ? null : version.CreatedBy.Name, version.Note, version.Definition))
            .ToListAsync(cancellationToken);
}
