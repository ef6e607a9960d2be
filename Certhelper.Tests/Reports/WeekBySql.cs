using Certhelper.Tests.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.Reports;

/// <summary>The numbers of a period as a person with psql would find them: nothing of it is the product's code.</summary>
internal static class WeekBySql
{
    private const string Judged = """
        SELECT c.id, c.date, rr.run_number, rr.reconstruction, coalesce(r.type, 'Undecided') AS type, r.fill_number,
               coalesce(r.recorded_lumi_inv_pb, 0)::numeric AS lumi, coalesce(r.lumisections, 0) AS ls,
               (c.strip = 'Good' OR c.strip_low_statistics) AND (c.tracking = 'Good' OR c.tracking_low_statistics)
                 AND (coalesce(r.type, '') = 'Cosmics' OR c.pixel = 'Good' OR c.pixel_low_statistics) AS good
        FROM certifications c JOIN run_reconstructions rr ON rr.id = c.run_reconstruction_id JOIN runs r ON r.run_number = rr.run_number
        WHERE c.deleted_at IS NULL
        """;

    /// <summary>Per type and reconstruction: certified, good, bad, luminosity (all, good, bad; pb⁻¹), lumisections (all, good, bad).</summary>
    public static Task<Dictionary<string, string>> GroupsAsync(TestDatabase database, DateOnly from, DateOnly to) => ReadAsync(
        database,
        $"""
        SELECT type || ' ' || CASE reconstruction WHEN 'ReRecoUl' THEN 'ReReco UL' ELSE reconstruction END,
               concat_ws(' ', count(*), count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good),
                 trim_scale(round(sum(lumi), 6)), trim_scale(round(coalesce(sum(lumi) FILTER (WHERE good), 0), 6)), trim_scale(round(coalesce(sum(lumi) FILTER (WHERE NOT good), 0), 6)),
                 sum(ls), coalesce(sum(ls) FILTER (WHERE good), 0), coalesce(sum(ls) FILTER (WHERE NOT good), 0))
        FROM ({Judged}) judged WHERE date BETWEEN @from AND @to GROUP BY type, reconstruction
        """,
        from, to);

    /// <summary>Per day, type and reconstruction: the number of certifications.</summary>
    public static Task<Dictionary<string, string>> DaysAsync(TestDatabase database, DateOnly from, DateOnly to) => ReadAsync(
        database,
        $"SELECT concat_ws(' ', date, type, reconstruction), count(*)::text FROM ({Judged}) judged WHERE date BETWEEN @from AND @to GROUP BY date, type, reconstruction",
        from, to);

    /// <summary>Per day: runs whose prompt verdict is the opposite of express, by the day on which both stood first.</summary>
    public static Task<Dictionary<string, string>> ChangedAsync(TestDatabase database, DateOnly from, DateOnly to) => ReadAsync(
        database,
        $"""
        WITH judged AS ({Judged})
        SELECT greatest(e.date, p.date)::text, string_agg(p.run_number::text, ' ' ORDER BY p.run_number)
        FROM judged e JOIN judged p ON p.run_number = e.run_number AND e.reconstruction = 'Express' AND p.reconstruction = 'Prompt' AND p.good <> e.good
        WHERE greatest(e.date, p.date) BETWEEN @from AND @to GROUP BY 1
        """,
        from, to);

    private static async Task<Dictionary<string, string>> ReadAsync(TestDatabase database, string sql, DateOnly from, DateOnly to)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("from", from);
        command.Parameters.AddWithValue("to", to);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, string> rows = [];
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0), reader.GetString(1));
        return rows;
    }
}
