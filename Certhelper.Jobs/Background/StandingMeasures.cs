using System.Diagnostics.Metrics;
using Certhelper.Core.Metrics;
using Certhelper.Jobs.Scripts;
using Npgsql;

namespace Certhelper.Jobs.Background;

/// <summary>
/// What stands in the database, for those who read metrics: how long jobs wait, and how services outside answered. It is read
/// with one statement every 15 s, however often and by however many it is asked for; every jobs process tells the same.
/// </summary>
internal sealed partial class StandingMeasures : BackgroundService
{
    /// <summary>Between two readings.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>What is older is not told any more: no number is better than one that was true once.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Meter meter = new(Measures.MeterName);
    private volatile Reading? last;

    public StandingMeasures(IConfiguration configuration, TimeProvider time, ILogger<StandingMeasures> logger)
    {
        (this.time, this.logger) = (time, logger);
        source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("certhelper")) { MaxPoolSize = 1, CommandTimeout = 10, ApplicationName = "metrics" }.ConnectionString).Build();
        meter.CreateObservableGauge("certhelper.job.queue.length", () => Of(row => row.Kind == QueueKind, Measures.Queue, row => (long)row.First!.Value), "{job}", "Jobs that wait for a worker, by queue.");
        meter.CreateObservableGauge("certhelper.job.queue.age", () => Of(row => row.Kind == QueueKind, Measures.Queue, row => row.Second ?? 0), "s", "How long the job waits that waits longest, by queue.");
        meter.CreateObservableGauge("certhelper.outside.service.up", () => Of(row => row.Kind == ServiceKind, Measures.Service, row => (long)row.First!.Value), "1", "Whether a service outside answered when it was asked last.");
        meter.CreateObservableGauge("certhelper.outside.service.last_good.age", () => Of(row => row is { Kind: ServiceKind, Second: not null }, Measures.Service, row => row.Second!.Value), "s", "Since when a service outside has not answered well.");
    }

    private const string QueueKind = "queue";
    private const string ServiceKind = "service";

    public override void Dispose()
    {
        base.Dispose();
        meter.Dispose();
        source.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Measures.BeginJobFailures(Schedule.Names.Append(ExecutionJobs.Queue));
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                last = await ReadAsync(stoppingToken);
            }
            // Whatever it is: work goes on without numbers, and they are looked for again.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnread(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Reading> ReadAsync(CancellationToken cancellationToken)
    {
        // A job that was tried before waits since it was put into the queue again, not since it was made.
        await using var command = source.CreateCommand(
            """
            SELECT 'queue', wanted.queue, count(waiting.id)::double precision, extract(epoch FROM now() - min(state.createdat))::double precision
            FROM unnest($1) AS wanted (queue)
            LEFT JOIN hangfire.jobqueue AS waiting ON waiting.queue = wanted.queue AND waiting.fetchedat IS NULL
            LEFT JOIN hangfire.job AS job ON job.id = waiting.jobid
            LEFT JOIN hangfire.state AS state ON state.id = job.stateid
            GROUP BY wanted.queue
            UNION ALL
            SELECT 'service', source, CASE WHEN last_failure_at > coalesce(last_good_at, '-infinity') THEN 0 ELSE 1 END, extract(epoch FROM now() - last_good_at)::double precision
            FROM source_contacts
            """);
        command.Parameters.AddWithValue((string[])[.. Schedule.Queues, ExecutionJobs.Queue]);
        List<Row> rows = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new Row(reader.GetString(0), reader.GetString(1), await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetDouble(2), await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetDouble(3)));
        return new Reading(time.GetTimestamp(), rows);
    }

    private List<Measurement<T>> Of<T>(Func<Row, bool> which, string label, Func<Row, T> value)
        where T : struct
    {
        if (last is not { } reading || time.GetElapsedTime(reading.At) > Holds) return [];
        return [.. reading.Rows.Where(which).Select(row => new Measurement<T>(value(row), new KeyValuePair<string, object?>(label, row.Name)))];
    }

    private sealed record Row(string Kind, string Name, double? First, double? Second);

    private sealed record Reading(long At, IReadOnlyList<Row> Rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the metrics tell of queues and services cannot be read now: {Problem}")]
    private partial void LogUnread(string problem);
}
