using Certhelper.Core.Scripts;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>Executions as workers leave them in the database, without a worker and without a host.</summary>
internal sealed class ExecutionSamples(string connectionString, Func<Certhelper.Core.Storage.CerthelperDbContext> newContext)
{
    public ExecutionSamples(TestDatabase database)
        : this(database.ConnectionString, database.NewContext)
    {
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>One that a worker has: no other worker takes it, so that it may stand in a real stack, too.</summary>
    public async Task<long> RunningAsync(int userId, string script = "practice-talkative", Dictionary<string, string>? arguments = null, params int[] runs)
    {
        await using var db = newContext();
        var version = await db.ScriptVersions.AsNoTracking().Where(item => item.Script!.Key == script).OrderByDescending(item => item.Number).FirstAsync();
        var execution = new Execution
        {
            ScriptId = version.ScriptId,
            ScriptVersionId = version.Id,
            StartedById = userId,
            RequestedAt = Now,
            Deadline = Now.AddHours(1),
            Arguments = arguments ?? new() { ["lines"] = "1000", ["rate"] = "100" },
            Words = ["bash", "talkative.sh", "1000", "100"],
            SideKey = "",
            Side = 20,
            Runs = [.. runs],
            State = ExecutionState.Running,
            StartedAt = Now,
            RemoteFolder = "/tmp/nowhere",
            LeaseOwner = "a test",
            LeaseUntil = Now.AddHours(1),
            DispatchedAt = Now.AddHours(1),
            Change = 1,
        };
        execution.Events.Add(new ExecutionEvent { ExecutionId = 0, At = Now, ById = userId, Text = "asked for by a test" });
        db.Executions.Add(execution);
        await db.SaveChangesAsync();
        return execution.Id;
    }

    /// <summary>Writes lines as workers do: in one transaction with what the execution says of them.</summary>
    public Task WriteAsync(long id, long after, IReadOnlyList<string> lines, string? tail = null, int? percent = null) =>
        WriteAsync(id, [.. lines.Select((text, index) => new ExecutionLine { ExecutionId = id, Number = after + index + 1, Text = text, Ends = true, At = Now })], tail, percent);

    public async Task WriteAsync(long id, IReadOnlyList<ExecutionLine> lines, string? tail = null, int? percent = null)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await WriteAsync(connection, id, lines, tail, percent);
    }

    public static async Task WriteAsync(NpgsqlConnection connection, long id, IReadOnlyList<ExecutionLine> lines, string? tail, int? percent)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY execution_lines (execution_id, number, text, ends, at) FROM STDIN (FORMAT binary)"))
        {
            foreach (var line in lines)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(line.ExecutionId, NpgsqlDbType.Bigint);
                await copy.WriteAsync(line.Number, NpgsqlDbType.Bigint);
                await copy.WriteAsync(line.Text, NpgsqlDbType.Text);
                await copy.WriteAsync(line.Ends, NpgsqlDbType.Boolean);
                await copy.WriteAsync(line.At, NpgsqlDbType.TimestampTz);
            }

            await copy.CompleteAsync();
        }

        await using var update = new NpgsqlCommand(
            "UPDATE executions SET last_line = $2, output_bytes = output_bytes + $3, tail = $4, percent = $5, change = change + 1 WHERE id = $1", connection, transaction)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = lines[^1].Number },
                new() { Value = lines.Sum(line => (long)line.Text.Length + 1) },
                new() { Value = (object?)tail ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)percent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            },
        };
        await update.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async Task EndAsync(long id, ExecutionState state = ExecutionState.Succeeded, int? exitCode = 0, string? trouble = null)
    {
        await using var db = newContext();
        var now = Now;
        await db.Executions.Where(item => item.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(item => item.State, state)
            .SetProperty(item => item.ExitCode, exitCode)
            .SetProperty(item => item.Trouble, trouble)
            .SetProperty(item => item.EndedAt, now)
            .SetProperty(item => item.Tail, (string?)null)
            .SetProperty(item => item.Change, item => item.Change + 1));
        db.ExecutionEvents.Add(new ExecutionEvent { ExecutionId = id, At = now, Text = state.Title() });
        await db.SaveChangesAsync();
    }

    public async Task<long> FileAsync(long id, IFileStore store, string name, string mediaType, byte[] content)
    {
        using var stream = new MemoryStream(content);
        var hash = await store.KeepAsync(stream, CancellationToken.None);
        await using var db = newContext();
        var file = new ExecutionFile
        {
            ExecutionId = id,
            Name = name,
            Folder = "/data",
            Size = content.Length,
            Hash = hash,
            MediaType = mediaType,
            Kind = MediaTypes.IsImage(mediaType) ? ScriptOutputKind.Image : ScriptOutputKind.Other,
            MadeAt = Now,
            FetchedAt = Now,
        };
        db.ExecutionFiles.Add(file);
        await db.SaveChangesAsync();
        return file.Id;
    }

    /// <summary>Makes a script as its administrators define it.</summary>
    public async Task<string> ScriptAsync(ScriptDefinition definition)
    {
        await using var db = newContext();
        var key = "test-" + Guid.NewGuid().ToString("N")[..8];
        var script = new Script { Key = key, Title = "Test " + key, Position = 1_000 };
        script.Versions.Add(new ScriptVersion { Number = 1, Definition = definition, CreatedAt = Now });
        db.Scripts.Add(script);
        await db.SaveChangesAsync();
        return key;
    }

    public static ScriptDefinition Definition(params ScriptArgument[] arguments) => new()
    {
        Host = "vocms066",
        Credential = "vocms066",
        Directory = "{root}/practice",
        Command = "bash it.sh",
        Arguments = [.. arguments],
    };

}
