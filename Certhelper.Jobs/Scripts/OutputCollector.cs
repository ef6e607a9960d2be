using System.Text.RegularExpressions;
using Certhelper.Core.Scripts;
using Microsoft.Extensions.Options;

namespace Certhelper.Jobs.Scripts;

/// <summary>What was fetched, and of what nothing was found.</summary>
/// <param name="Files">In the store already.</param>
/// <param name="Missing">Outputs without a new file, in words.</param>
/// <param name="Remarks">What people should know: files that were too large, or older than the execution.</param>
internal sealed record Collected(IReadOnlyList<ExecutionFile> Files, IReadOnlyList<string> Missing, IReadOnlyList<string> Remarks);

/// <summary>Fetches the files that a command has left on its host.</summary>
internal sealed class OutputCollector(IServiceScopeFactory scopes, IOptions<ScriptsOptions> options, TimeProvider time)
{
    private const int MostFiles = 500;

    /// <summary>Times of files are whole seconds on many file systems.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <param name="session">Way to the host.</param>
    /// <param name="execution">With its definition.</param>
    /// <param name="begunAt">When the command began, by the host's clock: older files are not its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Collected> CollectAsync(HostSession session, Execution execution, DateTime begunAt, CancellationToken cancellationToken)
    {
        var definition = execution.ScriptVersion!.Definition;
        Dictionary<string, ExecutionFile> files = [];
        List<string> missing = [];
        List<string> remarks = [];
        foreach (var output in definition.Outputs)
        {
            var pattern = Patterns.Compile(output.Pattern);
            foreach (var folder in OutputRule.Folders(output, execution.Arguments, execution.Runs, options.Value.Root))
            {
                var found = 0;
                var older = 0;
                foreach (var path in await FoldersAsync(session, folder.Path, cancellationToken))
                {
                    foreach (var entry in (await session.ListAsync(path, cancellationToken)).OrderBy(entry => entry.Name, StringComparer.Ordinal))
                    {
                        if (entry.IsFolder || files.ContainsKey(entry.Path) || !OutputRule.Belongs(pattern, entry.Name, definition, execution.Arguments)) continue;
                        if (entry.MadeAt < begunAt - Tolerance)
                        {
                            older++;
                            continue;
                        }

                        found++;
                        if (entry.Size > output.MaxMegabytes * 1024L * 1024) remarks.Add($"{entry.Name} is larger than {output.MaxMegabytes} MB and stays on the host");
                        else if (files.Count >= MostFiles) remarks.Add($"{entry.Name} stays on the host: more than {MostFiles} files");
                        else if (await FetchAsync(session, execution, output, pattern, folder, path, entry, cancellationToken) is { } file) files[entry.Path] = file;
                    }
                }

                if (found > 0) continue;
                missing.Add($"{(output.Description.Length > 0 ? output.Description : output.Pattern)} in {folder.Path}{(older > 0 ? $" ({older} there from before)" : "")}");
            }
        }

        return new Collected([.. files.Values], missing, remarks);
    }

    private async Task<ExecutionFile?> FetchAsync(
        HostSession session, Execution execution, ScriptOutput output, Regex pattern, OutputFolder folder, string path, HostEntry entry, CancellationToken cancellationToken)
    {
        await using var source = await session.OpenAsync(entry.Path, cancellationToken);
        if (source is null) return null;
        await using var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), "certhelper-" + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var buffer = new byte[128 * 1024];
        var most = output.MaxMegabytes * 1024L * 1024;
        var start = Array.Empty<byte>();
        while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var got)
        {
            if (start.Length == 0) start = buffer[..Math.Min(got, MediaTypes.Needed)];
            // It grew while we read.
            if (copy.Length + got > most) return null;
            await copy.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
        }

        copy.Position = 0;
        await using var scope = scopes.CreateAsyncScope();
        var hash = await scope.ServiceProvider.GetRequiredService<IFileStore>().KeepAsync(copy, cancellationToken);
        var mediaType = MediaTypes.Of(start);
        var run = folder.Run ?? OutputRule.RunOf(pattern, entry.Name, execution.ScriptVersion!.Definition) ?? (execution.Runs.Count == 1 ? execution.Runs[0] : null);
        var type = output.TrackerMaps && run is not null && MediaTypes.IsImage(mediaType) ? execution.Arguments.GetValueOrDefault("type") : null;
        return new ExecutionFile
        {
            ExecutionId = execution.Id,
            Name = entry.Name.Length > 255 ? entry.Name[..255] : entry.Name,
            Folder = path,
            Size = copy.Length,
            Hash = hash,
            MediaType = mediaType,
            Kind = output.Kind == ScriptOutputKind.Image && !MediaTypes.IsImage(mediaType) ? ScriptOutputKind.Other : output.Kind,
            Description = output.Description.Length > 0 ? output.Description : null,
            MadeAt = new DateTimeOffset(entry.MadeAt, TimeSpan.Zero),
            FetchedAt = time.GetUtcNow(),
            RunNumber = run,
            MapType = type,
            Reconstruction = TrackerMapRule.ReconstructionOf(type),
        };
    }

    /// <summary>The folders that a path with patterns names; SFTP knows neither patterns nor the tilde.</summary>
    private static async Task<IReadOnlyList<string>> FoldersAsync(HostSession session, string path, CancellationToken cancellationToken)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) path = session.Home + path[1..];
        List<string> folders = [path.StartsWith('/') ? "" : session.Home];
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!segment.Contains('*', StringComparison.Ordinal) && !segment.Contains('?', StringComparison.Ordinal))
            {
                folders = [.. folders.Select(folder => folder + "/" + segment)];
                continue;
            }

            var matches = new Regex("^" + Regex.Escape(segment).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            List<string> next = [];
            foreach (var folder in folders)
                next.AddRange((await session.ListAsync(folder.Length == 0 ? "/" : folder, cancellationToken))
                    .Where(entry => entry.IsFolder && matches.IsMatch(entry.Name)).Select(entry => folder + "/" + entry.Name).Order(StringComparer.Ordinal));
            folders = next;
        }

        return folders;
    }
}
