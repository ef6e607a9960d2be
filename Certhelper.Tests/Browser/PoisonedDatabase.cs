using System.Text.Json.Nodes;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Certhelper.Tests.Browser;

/// <summary>
/// Writes a text into every text that the database keeps, past all forms and rules: what a form refuses today may have been
/// stored by an older version, by an outside service or by hand.
/// </summary>
/// <param name="canary">The text, cut to what a column holds.</param>
/// <param name="shortCanary">For columns that hold less.</param>
internal sealed class PoisonedDatabase(string canary, string shortCanary)
{
    /// <summary>
    /// Words that the program chose itself and reads again: keys, states and addresses of its own, what it hashes, by what people
    /// sign in. With another word there the program does not know the row any more, and no page shows it.
    /// </summary>
    private static readonly string[] OwnWords =
    [
        "settings.key", "settings.value", "users.login", "users.banner_seen", "checklists.key", "checklist_answers.item_key", "weekly_answers.item_key",
        "sync_marks.name", "ended_sessions.key", "saved_filters.list", "scripts.key", "executions.side_key", "executions.lease_owner", "executions.remote_folder",
        "execution_files.hash", "execution_files.map_type", "execution_files.media_type", "stored_files.hash", "stored_file_parts.hash", "source_contacts.source",
        "report_schedules.cron", "report_schedules.time_zone", "registry_datasets.tracker_state", "data_protection_keys.friendly_name", "data_protection_keys.xml",
    ];

    private readonly List<string> poisoned = [];
    private readonly List<string> empty = [];

    /// <summary>Columns that hold the canary now.</summary>
    public IReadOnlyList<string> Poisoned => poisoned;

    /// <summary>Columns of tables without a row that could have taken it.</summary>
    public IReadOnlyList<string> Empty => empty;

    public async Task WriteAsync(Stack stack, CancellationToken cancellationToken)
    {
        await using var db = await stack.NewContextAsync();
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync());
        await connection.OpenAsync(cancellationToken);
        // The audit can only grow: its triggers are for those who use the product, not for this.
        await using (var asReplica = new NpgsqlCommand("SET session_replication_role = replica", connection)) await asReplica.ExecuteNonQueryAsync(cancellationToken);
        foreach (var table in db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null))
        {
            foreach (var column in table.GetProperties())
            {
                var name = $"{table.GetTableName()}.{column.GetColumnName()}";
                if (OwnWords.Contains(name) || column.GetComputedColumnSql() is not null) continue;
                var type = column.GetColumnType();
                var changed = type is "json" or "jsonb" ? await JsonAsync(connection, table, column, type, cancellationToken)
                    : column.ClrType == typeof(string) && column.GetValueConverter() is null && !column.IsPrimaryKey() && !column.IsForeignKey()
                        ? await TextAsync(connection, table, column, cancellationToken) : null;
                if (changed is { } rows) (rows > 0 ? poisoned : empty).Add(name);
            }
        }
    }

    private async Task<int?> TextAsync(NpgsqlConnection connection, IEntityType table, IProperty column, CancellationToken cancellationToken)
    {
        // The place of the row keeps apart what must be.
        const int Place = 16;
        var most = (column.GetMaxLength() ?? int.MaxValue) - Place;
        var text = most >= canary.Length ? canary : most >= shortCanary.Length ? shortCanary : null;
        if (text is null) return null;
        await using var update = new NpgsqlCommand($"UPDATE {Quoted(table)} SET \"{column.GetColumnName()}\" = @text || ctid::text", connection);
        update.Parameters.AddWithValue("text", text);
        return await update.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int?> JsonAsync(NpgsqlConnection connection, IEntityType table, IProperty column, string type, CancellationToken cancellationToken)
    {
        List<(string Place, string Body)> rows = [];
        var place = $"ctid::text, \"{column.GetColumnName()}\"::text";
        await using (var select = new NpgsqlCommand($"SELECT {place} FROM {Quoted(table)} WHERE \"{column.GetColumnName()}\" IS NOT NULL LIMIT 500", connection))
        await using (var reader = await select.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) rows.Add((reader.GetString(0), reader.GetString(1)));
        }

        var changed = 0;
        foreach (var (where, body) in rows)
        {
            var node = JsonNode.Parse(body);
            if (!Replace(node)) continue;
            await using var update = new NpgsqlCommand($"UPDATE {Quoted(table)} SET \"{column.GetColumnName()}\" = @body::{type} WHERE ctid = @place::tid", connection);
            update.Parameters.AddWithValue("body", node!.ToJsonString());
            update.Parameters.AddWithValue("place", where);
            changed += await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return changed;
    }

    /// <summary>Sentences only: single words are names of kinds and states.</summary>
    private bool Replace(JsonNode? node)
    {
        var replaced = false;
        switch (node)
        {
            case JsonObject one:
                foreach (var (key, value) in one.ToList())
                {
                    if (IsSentence(value))
                    {
                        one[key] = canary;
                        replaced = true;
                    }
                    else
                    {
                        replaced |= Replace(value);
                    }
                }

                break;
            case JsonArray many:
                for (var i = 0; i < many.Count; i++)
                {
                    if (IsSentence(many[i]))
                    {
                        many[i] = canary;
                        replaced = true;
                    }
                    else
                    {
                        replaced |= Replace(many[i]);
                    }
                }

                break;
        }

        return replaced;
    }

    private static bool IsSentence(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Contains(' ', StringComparison.Ordinal);

    private static string Quoted(IEntityType table) => $"\"{table.GetTableName()}\"";
}
