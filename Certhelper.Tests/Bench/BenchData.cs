using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Certhelper.Tests.Bench;

/// <summary>
/// Fills an empty, migrated database with years of certifications as the tracker has them: for every five certifications
/// three runs, most good, a few comments worth searching for. The same number always makes the same rows.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="certifications">How many.</param>
/// <param name="weekBefore">How many more in the week that ends before the first day, one run each: the same ones in a small and in a large database.</param>
internal sealed class BenchData(NpgsqlConnection connection, int certifications, int weekBefore = 0)
{
    /// <summary>Above what CMS and the stand-ins have, so that a database that synchronised already can be filled too.</summary>
    public const int FirstRun = 500_000;
    private const int FirstFill = 50_000;
    private const int FirstId = 1_000_000;
    private const int People = 40;
    private const int References = 60;

    /// <summary>Runs of the last days that wait to be certified, however long the history.</summary>
    private const int OpenRuns = 60;
    private const string Json = "{}";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly string[] Reconstructions = ["Express", "Prompt", "ReReco", "ReRecoUl"];
    private static readonly string[] DatasetNames = ["/Express/Collisions/DQM", "/PromptReco/Collisions/DQM", "/ReReco/Collisions/DQM", "/ReReco/CollisionsUL/DQM"];
    private static readonly string[] Words =
        ["usual", "noise", "in", "TIB", "layer", "1", "TOB", "TEC", "minus", "plus", "disk", "BPix", "FPix", "sector", "HV", "off", "tripped", "ring", "FED", "errors", "masked", "holes", "as", "in", "reference", "low", "occupancy", "few", "tracks"];

    // Begun anew for each row, so that the same row is the same in a small and in a large database.
    private Random random = new(1);
    private readonly List<(int Id, int Run, int Kind)> reconstructions = [];
    private int runs;

    /// <summary>A word that sixty comments hold, however many there are: a full page is found among few and among many.</summary>
    public const string RareWord = "resynchronised";

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Plan();
        await ExecuteAsync("BEGIN", cancellationToken);
        // Made once at the end they cost a fraction of what each row would.
        var indexes = await DropIndexesAsync(cancellationToken);
        var problems = await IdsAsync("component_problems", cancellationToken);
        var reasons = await IdsAsync("bad_reasons", cancellationToken);
        await PeopleAsync(cancellationToken);
        await FillsAsync(cancellationToken);
        await RunsAsync(cancellationToken);
        await ReconstructionsAsync(cancellationToken);
        await ReferencesAsync(cancellationToken);
        var bad = await CertificationsAsync(reasons, cancellationToken);
        await ProblemsAsync(bad, problems, cancellationToken);
        await RevisionsAsync(cancellationToken);
        await DatasetsAsync(cancellationToken);
        // Rows that came with their ids leave the counters behind.
        foreach (var table in new[] { "users", "run_reconstructions", "\"references\"", "certifications", "certification_revisions", "registry_datasets" })
            await ExecuteAsync($"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))", cancellationToken);
        foreach (var index in indexes) await ExecuteAsync(index, cancellationToken);
        await ExecuteAsync("COMMIT", cancellationToken);
        await ExecuteAsync("VACUUM ANALYZE", cancellationToken);
    }

    private void Plan()
    {
        for (var at = 0; at < weekBefore; at++) reconstructions.Add((FirstId + at, FirstRun - weekBefore + at, at % 2));
        while (reconstructions.Count < weekBefore + certifications)
        {
            var run = FirstRun + runs++;
            for (var kind = 0; kind < Reconstructions.Length && reconstructions.Count < weekBefore + certifications; kind++)
            {
                if (kind > 0 && random.NextDouble() > (kind == 1 ? 0.5 : 0.13)) continue;
                reconstructions.Add((FirstId + reconstructions.Count, run, kind));
            }
        }
    }

    private Task PeopleAsync(CancellationToken cancellationToken) => CopyAsync("users (id, login, name, roles, first_seen_at, last_sign_in_at)", People, (row, i) =>
    {
        row.Write(FirstId + i, NpgsqlDbType.Integer);
        row.Write($"bench.person{Number(i)}", NpgsqlDbType.Varchar);
        row.Write($"Bench Person {Number(i)}", NpgsqlDbType.Varchar);
        row.Write(new[] { "Guest", "Shifter" }, NpgsqlDbType.Array | NpgsqlDbType.Text);
        row.Write(At(0), NpgsqlDbType.TimestampTz);
        row.Write(At(0), NpgsqlDbType.TimestampTz);
    }, cancellationToken);

    private Task FillsAsync(CancellationToken cancellationToken) => CopyAsync("fills (fill_number, origins, fetched_at, type_runtime)", ((weekBefore + runs + OpenRuns) / 4) + 1, (row, i) =>
    {
        row.Write(FirstFill + i, NpgsqlDbType.Integer);
        row.Write(Json, NpgsqlDbType.Jsonb);
        row.Write(At(i * 4), NpgsqlDbType.TimestampTz);
        row.Write("PROTONS", NpgsqlDbType.Varchar);
    }, cancellationToken);

    private Task RunsAsync(CancellationToken cancellationToken) => CopyAsync(
        "runs (run_number, fill_number, type, era, start_time, end_time, lumisections, b_field_tesla, energy_gev, recorded_lumi_inv_pb, delivered_lumi_inv_pb, fill_type_runtime, hlt_key, origins, components, components_out, fetched_at)",
        weekBefore + runs + OpenRuns,
        (row, at) =>
        {
            random = new Random(at);
            var cosmics = random.NextDouble() < 0.25;
            var i = at - weekBefore;
            row.Write(FirstRun + i, NpgsqlDbType.Integer);
            row.Write(FirstFill + (at / 4), NpgsqlDbType.Integer);
            row.Write(cosmics ? "Cosmics" : "Collisions", NpgsqlDbType.Varchar);
            row.Write($"20{Number(18 + (at / 9_000))}{(char)('A' + (at / 1_500 % 6))}", NpgsqlDbType.Varchar);
            row.Write(At(i), NpgsqlDbType.TimestampTz);
            row.Write(At(i).AddMinutes(20), NpgsqlDbType.TimestampTz);
            row.Write(random.Next(5, 1_500), NpgsqlDbType.Integer);
            row.Write(random.NextDouble() < 0.03 ? 0.019 : 3.8, NpgsqlDbType.Double);
            row.Write(cosmics ? 450d : 6_799, NpgsqlDbType.Double);
            row.Write(cosmics ? 0d : Math.Round(random.NextDouble() * 300, 3), NpgsqlDbType.Double);
            row.Write(cosmics ? 0d : Math.Round(random.NextDouble() * 320, 3), NpgsqlDbType.Double);
            row.Write(cosmics ? "COSMICS" : "PROTONS", NpgsqlDbType.Varchar);
            row.Write(cosmics ? "/cdaq/cosmic/v1" : "/cdaq/physics/v1", NpgsqlDbType.Varchar);
            row.Write(Json, NpgsqlDbType.Jsonb);
            row.Write(Array.Empty<string>(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            row.Write(Array.Empty<string>(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            row.Write(At(i).AddHours(1), NpgsqlDbType.TimestampTz);
        },
        cancellationToken);

    private Task ReconstructionsAsync(CancellationToken cancellationToken) => CopyAsync("run_reconstructions (id, run_number, reconstruction)", reconstructions.Count, (row, i) =>
    {
        row.Write(reconstructions[i].Id, NpgsqlDbType.Integer);
        row.Write(reconstructions[i].Run, NpgsqlDbType.Integer);
        row.Write(Reconstructions[reconstructions[i].Kind], NpgsqlDbType.Varchar);
    }, cancellationToken);

    private Task ReferencesAsync(CancellationToken cancellationToken) => CopyAsync("\"references\" (id, run_reconstruction_id, promoted_at, promoted_by_id)", References, (row, i) =>
    {
        row.Write(FirstId + i, NpgsqlDbType.Integer);
        row.Write(FirstId + (i * (reconstructions.Count / References)), NpgsqlDbType.Integer);
        row.Write(At(0), NpgsqlDbType.TimestampTz);
        row.Write(FirstId, NpgsqlDbType.Integer);
    }, cancellationToken);

    private async Task<List<int>> CertificationsAsync(List<int> reasons, CancellationToken cancellationToken)
    {
        List<int> bad = [];
        await CopyAsync(
            "certifications (id, run_reconstruction_id, dataset_name, owner_id, pixel, pixel_low_statistics, strip, strip_low_statistics, tracking, tracking_low_statistics, "
                + "reference_id, tracker_map, bad_reason_id, date, comment, facts_complete, created_at, updated_at, deleted_at)",
            reconstructions.Count,
            (row, i) =>
            {
                random = new Random(i);
                var (id, run, kind) = reconstructions[i];
                var isBad = random.NextDouble() < 0.06;
                if (isBad) bad.Add(id);
                row.Write(id, NpgsqlDbType.Integer);
                row.Write(id, NpgsqlDbType.Integer);
                row.Write(DatasetNames[kind], NpgsqlDbType.Varchar);
                row.Write(FirstId + random.Next(People), NpgsqlDbType.Integer);
                row.Write(Verdict(isBad), NpgsqlDbType.Varchar);
                row.Write(random.NextDouble() < 0.03, NpgsqlDbType.Boolean);
                row.Write(isBad ? "Bad" : "Good", NpgsqlDbType.Varchar);
                row.Write(false, NpgsqlDbType.Boolean);
                row.Write(Verdict(isBad), NpgsqlDbType.Varchar);
                row.Write(random.NextDouble() < 0.02, NpgsqlDbType.Boolean);
                row.Write(FirstId + random.Next(References), NpgsqlDbType.Integer);
                row.Write(random.NextDouble() < 0.02 ? "Missing" : "Exists", NpgsqlDbType.Varchar);
                if (isBad) row.Write(reasons[random.Next(reasons.Count)], NpgsqlDbType.Integer);
                else row.WriteNull();
                row.Write(DateOnly.FromDateTime(At(Later(run, kind)).UtcDateTime), NpgsqlDbType.Date);
                if (random.NextDouble() < 0.4 || IsRare(i)) row.Write(Comment(i), NpgsqlDbType.Varchar);
                else row.WriteNull();
                row.Write(random.NextDouble() > 0.01, NpgsqlDbType.Boolean);
                row.Write(At(Later(run, kind)), NpgsqlDbType.TimestampTz);
                row.Write(At(Later(run, kind)), NpgsqlDbType.TimestampTz);
                if (random.NextDouble() < 0.005 && i >= weekBefore) row.Write(At(run - FirstRun + 400), NpgsqlDbType.TimestampTz);
                else row.WriteNull();
            },
            cancellationToken);
        return bad;
    }

    private Task ProblemsAsync(List<int> bad, List<int> problems, CancellationToken cancellationToken) => CopyAsync("certification_problems (certification_id, problem_id)", bad.Count, (row, i) =>
    {
        random = new Random(i);
        row.Write(bad[i], NpgsqlDbType.Integer);
        row.Write(problems[random.Next(problems.Count)], NpgsqlDbType.Integer);
    }, cancellationToken);

    private Task RevisionsAsync(CancellationToken cancellationToken) => CopyAsync("certification_revisions (id, certification_id, number, kind, at, by_id, changes)", reconstructions.Count, (row, i) =>
    {
        row.Write((long)FirstId + i, NpgsqlDbType.Bigint);
        row.Write(reconstructions[i].Id, NpgsqlDbType.Integer);
        row.Write(1, NpgsqlDbType.Integer);
        row.Write("Created", NpgsqlDbType.Varchar);
        row.Write(At(reconstructions[i].Run - FirstRun), NpgsqlDbType.TimestampTz);
        row.Write(FirstId, NpgsqlDbType.Integer);
        row.Write("[]", NpgsqlDbType.Jsonb);
    }, cancellationToken);

    private Task DatasetsAsync(CancellationToken cancellationToken) => CopyAsync(
        "registry_datasets (id, run_number, name, reconstruction, tracker_state, summary, first_seen_at, fetched_at)",
        reconstructions.Count + OpenRuns,
        (row, i) =>
        {
            var open = i >= reconstructions.Count;
            var (run, kind) = open ? (FirstRun + runs + i - reconstructions.Count, 0) : (reconstructions[i].Run, reconstructions[i].Kind);
            row.Write(FirstId + i, NpgsqlDbType.Integer);
            row.Write(run, NpgsqlDbType.Integer);
            row.Write(DatasetNames[kind], NpgsqlDbType.Varchar);
            row.Write(Reconstructions[kind], NpgsqlDbType.Varchar);
            row.Write(open ? "OPEN" : "COMPLETED", NpgsqlDbType.Varchar);
            row.Write(Json, NpgsqlDbType.Jsonb);
            row.Write(At(run - FirstRun), NpgsqlDbType.TimestampTz);
            row.Write(At(run - FirstRun), NpgsqlDbType.TimestampTz);
        },
        cancellationToken);

    private string Verdict(bool bad) => bad && random.NextDouble() < 0.5 ? "Bad" : random.NextDouble() < 0.01 ? "Excluded" : "Good";

    private string Comment(int i) => string.Join(' ', Enumerable.Range(0, random.Next(3, 15)).Select(_ => Words[random.Next(Words.Length)]))
        + (IsRare(i) ? " " + RareWord : "");

    // Later reconstructions come days after the run; those of the week before stay in it.
    private static int Later(int run, int kind) => run - FirstRun + (run < FirstRun ? 0 : kind * 300);

    private bool IsRare(int i) => i % Math.Max(1, reconstructions.Count / 60) == 0;

    // 30 runs a day, the first on New Year of 2018.
    private static DateTimeOffset At(int run) => new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(48L * run);

    private static string Number(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private async Task CopyAsync(string target, int count, Action<NpgsqlBinaryImporter, int> write, CancellationToken cancellationToken)
    {
        await using var import = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)", cancellationToken);
        import.Timeout = Patience;
        for (var i = 0; i < count; i++)
        {
            await import.StartRowAsync(cancellationToken);
            write(import, i);
        }

        await import.CompleteAsync(cancellationToken);
    }

    /// <summary>Drops what only makes questions faster; what keeps rows apart stays.</summary>
    /// <returns>The statements that make them again.</returns>
    private async Task<List<string>> DropIndexesAsync(CancellationToken cancellationToken)
    {
        List<(string Name, string Definition)> found = [];
        await using (var command = new NpgsqlCommand(
            "SELECT quote_ident(relname), pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indexrelid WHERE NOT indisunique AND relnamespace = 'public'::regnamespace "
                + "AND indrelid IN ('users'::regclass, 'fills'::regclass, 'runs'::regclass, 'run_reconstructions'::regclass, 'references'::regclass, 'certifications'::regclass, "
                + "'certification_problems'::regclass, 'certification_revisions'::regclass, 'registry_datasets'::regclass)",
            connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) found.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var (name, _) in found) await ExecuteAsync("DROP INDEX " + name, cancellationToken);
        return [.. found.Select(index => index.Definition)];
    }

    private async Task<List<int>> IdsAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT id FROM {table} ORDER BY id", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<int> ids = [];
        while (await reader.ReadAsync(cancellationToken)) ids.Add(reader.GetInt32(0));
        return ids;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
