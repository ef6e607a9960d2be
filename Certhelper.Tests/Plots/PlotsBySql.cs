using System.Globalization;
using Certhelper.Tests.Infrastructure;
using Npgsql;

namespace Certhelper.Tests.Plots;

/// <summary>The numbers of the plots as a person with psql would find them: nothing of it is the product's code.</summary>
internal static class PlotsBySql
{
    private const string Judged = """
        SELECT c.id, c.date, rr.reconstruction, r.type, r.era, r.end_time, c.created_at, c.pixel, c.pixel_low_statistics, c.strip, c.strip_low_statistics,
               c.tracking, c.tracking_low_statistics, r.recorded_lumi_inv_pb::numeric AS lumi,
               (c.strip = 'Good' OR c.strip_low_statistics) AND (c.tracking = 'Good' OR c.tracking_low_statistics)
                 AND (coalesce(r.type, '') = 'Cosmics' OR c.pixel = 'Good' OR c.pixel_low_statistics) AS good
        FROM certifications c JOIN run_reconstructions rr ON rr.id = c.run_reconstruction_id JOIN runs r ON r.run_number = rr.run_number
        WHERE c.deleted_at IS NULL AND c.date BETWEEN @from AND @to
        """;

    private static string Share(string component) =>
        $"CASE WHEN count(*) FILTER (WHERE {component} <> 'Excluded' OR {component}_low_statistics) > 0 THEN 100.0 * count(*) FILTER (WHERE {component} = 'Good' OR {component}_low_statistics) / count(*) FILTER (WHERE {component} <> 'Excluded' OR {component}_low_statistics) END";

    public static string Luminosity(string step) => $"""
        SELECT {step}, coalesce(sum(lumi) FILTER (WHERE good), 0), coalesce(sum(lumi) FILTER (WHERE NOT good), 0), count(*) FILTER (WHERE lumi IS NULL)
        FROM ({Judged}) j WHERE type = 'Collisions' GROUP BY 1
        """;

    public static string Certifications(string step) => $"""
        SELECT {step} || ' ' || reconstruction || ' ' || CASE WHEN good THEN 'good' ELSE 'bad' END, count(*) FROM ({Judged}) j GROUP BY 1
        """;

    public static string Problems(string step) => $"""
        SELECT {step} || ' ' || p.component, count(DISTINCT j.id)
        FROM ({Judged}) j JOIN certification_problems cp ON cp.certification_id = j.id JOIN component_problems p ON p.id = cp.problem_id GROUP BY 1
        """;

    public static string Health(string step) =>
        $"SELECT {step}, count(*), {Share("pixel")}, {Share("strip")}, {Share("tracking")} FROM ({Judged}) j GROUP BY 1";

    public static string Eras { get; } = $"SELECT coalesce(era, 'not known'), 100.0 * count(*) FILTER (WHERE good) / count(*), count(*) FILTER (WHERE good), count(*) FROM ({Judged}) j GROUP BY 1";

    public static string Waits { get; } = $"""
        SELECT CASE WHEN h < 0 THEN 'before end' WHEN h < 1 THEN '< 1 h' WHEN h < 2 THEN '1–2 h' WHEN h < 4 THEN '2–4 h' WHEN h < 8 THEN '4–8 h' WHEN h < 16 THEN '8–16 h'
                    WHEN h < 24 THEN '16–24 h' WHEN h < 48 THEN '1–2 d' WHEN h < 96 THEN '2–4 d' WHEN h < 168 THEN '4–7 d' WHEN h < 336 THEN '7–14 d' WHEN h < 672 THEN '14–28 d'
                    WHEN h >= 672 THEN '≥ 28 d' ELSE 'end of run not known' END, count(*)
        FROM (SELECT extract(epoch FROM created_at - end_time) / 3600 AS h FROM ({Judged}) j) waits GROUP BY 1
        """;

    public static string Median { get; } = $"SELECT 'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY floor(extract(epoch FROM created_at - end_time) / 60)) / 60 FROM ({Judged}) j";

    /// <summary>Rows by their first column.</summary>
    public static async Task<Dictionary<string, double?[]>> ReadAsync(TestDatabase database, string sql, DateOnly from, DateOnly to)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("from", from);
        command.Parameters.AddWithValue("to", to);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, double?[]> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(
                Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!,
                [.. Enumerable.Range(1, reader.FieldCount - 1).Select(at => reader.IsDBNull(at) ? (double?)null : Convert.ToDouble(reader.GetValue(at), CultureInfo.InvariantCulture))]);
        }

        return rows;
    }
}
