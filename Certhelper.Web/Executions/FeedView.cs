namespace Certhelper.Web.Executions;

/// <summary>What a feed knows at one moment. Never changed: watchers look at it without a lock.</summary>
internal sealed class FeedView
{
    private readonly TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null before the first look, and for an execution that there is not.</summary>
    public ExecutionNow? Now { get; private init; }

    public byte[] State { get; private init; } = [];

    /// <summary>Counts other states, in this process.</summary>
    public long Version { get; private init; }

    /// <summary>Whether the first look was taken.</summary>
    public bool Looked { get; private init; }

    /// <summary>The latest lines, without a gap.</summary>
    public IReadOnlyList<LineBlock> Blocks { get; private init; } = [];

    /// <summary>Number of the line up to which lines are in the database only.</summary>
    public long Floor { get; private init; }

    /// <summary>Number of the last line that can be had.</summary>
    public long Last => Blocks.Count > 0 ? Blocks[^1].Last : Floor;

    /// <summary>Done when there is another view.</summary>
    public Task Changed => changed.Task;

    public void Replaced() => changed.TrySetResult();

    public static FeedView Empty() => new();

    /// <summary>The next view.</summary>
    /// <param name="now">How the execution stands; its last line may be ahead of what was read.</param>
    /// <param name="block">Lines that follow; null for none.</param>
    /// <param name="mostLines">How many lines are kept.</param>
    /// <param name="mostBytes">How many bytes of lines are kept.</param>
    public FeedView With(ExecutionNow? now, LineBlock? block, int mostLines, int mostBytes)
    {
        var isNew = now != Now;
        var floor = Looked ? Floor : now?.LastLine ?? 0;
        List<LineBlock> blocks = block is null ? [.. Blocks] : [.. Blocks, block];
        var lines = blocks.Sum(item => item.Count);
        var bytes = blocks.Sum(item => (long)item.Json.Length);
        var drop = 0;
        while (drop < blocks.Count - 1 && (lines > mostLines || bytes > mostBytes))
        {
            lines -= blocks[drop].Count;
            bytes -= blocks[drop].Json.Length;
            floor = blocks[drop].Last;
            drop++;
        }

        blocks.RemoveRange(0, drop);
        return new FeedView
        {
            Now = now,
            State = isNew && now is not null ? PortionJson.StateOf(now) : State,
            Version = Version + (isNew ? 1 : 0),
            Looked = true,
            Blocks = blocks,
            Floor = floor,
        };
    }

    /// <summary>The block that begins right after a line; null when none does.</summary>
    /// <param name="after">The last line that the watcher has.</param>
    /// <param name="upTo">Where the database must be read up to instead, so that the watcher goes on with whole blocks.</param>
    public LineBlock? BlockAfter(long after, out long upTo)
    {
        upTo = Floor;
        if (after < Floor || Blocks.Count == 0) return null;
        int low = 0, high = Blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Blocks[middle].Last > after) high = middle;
            else low = middle + 1;
        }

        var found = Blocks[low];
        upTo = found.Last;
        return found.After == after ? found : null;
    }
}
