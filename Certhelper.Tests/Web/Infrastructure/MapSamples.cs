using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Standins.TrackerHost.Maps;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>Tracker maps as workers leave them: an execution that succeeded, and its files in the store.</summary>
internal sealed class MapSamples(Func<CerthelperDbContext> newContext)
{
    public MapSamples(TestDatabase database)
        : this(database.NewContext)
    {
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Maps of a run by these names, each of another colour.</summary>
    /// <returns>Numbers of the files, by name.</returns>
    public async Task<Dictionary<string, long>> MapsAsync(int userId, int run, string type, params string[] names)
    {
        var execution = await ExecutionAsync(userId, run);
        Dictionary<string, long> files = [];
        foreach (var name in names) files[name] = await MapAsync(execution, run, type, name, Picture((run * 31) + name.Length));
        return files;
    }

    public async Task<long> ExecutionAsync(int userId, params int[] runs)
    {
        await using var db = newContext();
        var version = await db.ScriptVersions.AsNoTracking().FirstAsync(item => item.Script!.Key == "tracker-maps");
        var execution = new Execution
        {
            ScriptId = version.ScriptId,
            ScriptVersionId = version.Id,
            StartedById = userId,
            RequestedAt = Now,
            Deadline = Now.AddHours(1),
            Arguments = [],
            Words = ["true"],
            SideKey = "",
            Side = 1,
            Runs = [.. runs],
            State = ExecutionState.Succeeded,
            StartedAt = Now,
            EndedAt = Now,
        };
        db.Executions.Add(execution);
        await db.SaveChangesAsync();
        return execution.Id;
    }

    /// <summary>A map that takes the place of an earlier one.</summary>
    public async Task<long> MapAsync(long execution, int run, string type, string name, byte[] content)
    {
        await using var db = newContext();
        await db.ExecutionFiles.Where(file => file.RunNumber == run && file.MapType == type && file.Name == name + ".png")
            .ExecuteUpdateAsync(set => set.SetProperty(file => file.Superseded, true));
        return await FileAsync(execution, run, type, name + ".png", "image/png", content);
    }

    /// <summary>Any file; without a type it is no map.</summary>
    public async Task<long> FileAsync(long execution, int run, string? type, string name, string mediaType, byte[] content)
    {
        await using var db = newContext();
        using var stream = new MemoryStream(content);
        var hash = await new DatabaseFileStore(db, TimeProvider.System).KeepAsync(stream, CancellationToken.None);
        var file = new ExecutionFile
        {
            ExecutionId = execution,
            Name = name,
            Folder = "/data/" + run,
            Size = content.Length,
            Hash = hash,
            MediaType = mediaType,
            Kind = MediaTypes.IsImage(mediaType) ? ScriptOutputKind.Image : ScriptOutputKind.Text,
            MadeAt = Now,
            FetchedAt = Now,
            RunNumber = run,
            MapType = type,
            Reconstruction = TrackerMapRule.ReconstructionOf(type),
        };
        db.ExecutionFiles.Add(file);
        await db.SaveChangesAsync();
        return file.Id;
    }

    /// <summary>A picture with a few boxes that a seed moves.</summary>
    public static byte[] Picture(int seed, int width = 400, int height = 200)
    {
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) pixels[(y * width) + x] = (byte)(((x / 20) + (y / 20)) % 2);

        var (left, top) = (Math.Abs(seed) % (width - 40), Math.Abs(seed / 7) % (height - 40));
        for (var y = top; y < top + 40; y++) pixels.AsSpan((y * width) + left, 40).Fill(2);
        using var output = new MemoryStream();
        PngWriter.Write(output, width, height, pixels, [255, 255, 255, 226, 236, 246, 200, 30, 30]);
        return output.ToArray();
    }
}
