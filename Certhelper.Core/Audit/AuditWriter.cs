using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Certhelper.Core.Audit;

/// <summary>Writes entries: one statement however many there are, in the transaction of the change where there is one.</summary>
public static class AuditWriter
{
    /// <summary>Longer values are cut, and their length is told.</summary>
    internal const int LongestValue = 200;

    /// <summary>More fields than that no row has that people look at.</summary>
    private const int MostFields = 60;

    internal const int LongestDetails = 1_000;
    internal const int LongestWords = 1_000;

    private const string Insert =
        """
        INSERT INTO audit_entries (at, event, by_id, "by", address, kind, subject, changes, details, words, trace)
        SELECT at, event, by_id, "by", address, kind, subject, changes, details, words, trace
        FROM jsonb_to_recordset($1) AS row (
            at timestamptz, event text, by_id int, "by" text, address text, kind text, subject text, changes jsonb, details text, words text, trace text)
        """;

    /// <summary>For changes that the change tracker does not see: statements over many rows. Call it in the transaction of the change.</summary>
    public static Task AuditAsync(this CerthelperDbContext db, CancellationToken cancellationToken, params IReadOnlyList<AuditNote> notes) =>
        WriteAsync(db, null, notes, cancellationToken);

    internal static async Task WriteAsync(DbContext db, DbTransaction? transaction, IReadOnlyList<AuditNote> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0) return;
        var mine = transaction is null && db.Database.CurrentTransaction is null;
        if (mine) await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = Command(db, transaction, notes);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            if (mine) await db.Database.CloseConnectionAsync();
        }
    }

    internal static void Write(DbContext db, DbTransaction? transaction, IReadOnlyList<AuditNote> notes)
    {
        if (notes.Count == 0) return;
        using var command = Command(db, transaction, notes);
        command.ExecuteNonQuery();
    }

    private static DbCommand Command(DbContext db, DbTransaction? transaction, IReadOnlyList<AuditNote> notes)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = Insert;
        command.Transaction = transaction ?? db.Database.CurrentTransaction?.GetDbTransaction();
        command.Parameters.Add(new NpgsqlParameter { Value = Rows(notes), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
        return command;
    }

    private static string Rows(IReadOnlyList<AuditNote> notes)
    {
        var scope = AuditScope.Current;
        var now = TimeProvider.System.GetUtcNow();
        return JsonSerializer.Serialize(notes.Select(note =>
        {
            var changes = note.Changes?.Take(MostFields).ToDictionary(pair => pair.Key, pair => new[] { Bounded(pair.Value[0]), Bounded(pair.Value[1]) });
            var details = Fit(note.Details, LongestDetails);
            return new Dictionary<string, object?>
            {
                ["at"] = now,
                ["event"] = note.Event.ToString(),
                ["by_id"] = scope?.PersonId,
                ["by"] = Fit(scope?.By, 100),
                ["address"] = Fit(scope?.Address, 60),
                ["kind"] = Fit(note.Kind, 100),
                ["subject"] = Fit(note.Subject, 200),
                ["changes"] = changes,
                ["details"] = details,
                ["words"] = Words(note, changes, details),
                ["trace"] = AuditScope.Trace,
            };
        }));
    }

    private static string Words(AuditNote note, Dictionary<string, string?[]>? changes, string? details)
    {
        var words = new StringBuilder().Append(note.Kind).Append(' ').Append(note.Subject).Append(' ').Append(details);
        foreach (var (field, values) in changes ?? [])
        {
            if (words.Length > LongestWords) break;
            words.Append(' ').Append(field).Append(' ').Append(values[0]).Append(' ').Append(values[1]);
        }

        return Fit(words.ToString(), LongestWords)!;
    }

    private static string? Bounded(string? value) => value is null || value.Length <= LongestValue
        ? Fit(value, LongestValue)
        : string.Create(CultureInfo.InvariantCulture, $"{Fit(value, LongestValue)}… ({value.Length} letters)");

    private static string? Fit(string? text, int width) => text is null ? null : Texts.Fit(text, width);
}
