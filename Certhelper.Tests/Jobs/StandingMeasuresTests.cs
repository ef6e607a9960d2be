using System.Diagnostics;
using System.Diagnostics.Metrics;
using Certhelper.Core.Metrics;
using Certhelper.Core.Oms;
using Certhelper.Jobs.Background;
using Certhelper.Jobs.Migrate;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Certhelper.Tests.Jobs;

/// <summary>What is told of queues and services: true, and cheap however often it is asked for.</summary>
public sealed class StandingMeasuresTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queues_and_services_are_told_from_one_statement_however_often_they_are_asked_for()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var configuration = new ConfigurationManager { ["ConnectionStrings:certhelper"] = database.ConnectionString };
        var errors = new StringWriter();
        Assert.True(await MigrateVerb.RunAsync(configuration, TextWriter.Null, errors, Token) == 0, errors.ToString());
        await EnqueueAsync(database, "reports", 3);
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = database.NewContext())
        {
            db.SourceContacts.Add(new SourceContact { Source = SourceContact.Oms, LastGoodAt = now.AddMinutes(-10), LastFailureAt = now.AddMinutes(-20) });
            db.SourceContacts.Add(new SourceContact { Source = SourceContact.Ebutz, LastGoodAt = now.AddMinutes(-30), LastFailureAt = now.AddMinutes(-1), LastFailure = "away" });
            db.SourceContacts.Add(new SourceContact { Source = SourceContact.Mail, LastFailureAt = now, LastFailure = "away" });
            await db.SaveChangesAsync(Token);
        }

        var statements = 0;
        using var counting = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => tag.Value is string text && text.Contains("source_contacts", StringComparison.Ordinal) && text.Contains("jobqueue", StringComparison.Ordinal))) Interlocked.Increment(ref statements);
            },
        };
        ActivitySource.AddActivityListener(counting);
        using var measures = new StandingMeasures(configuration, TimeProvider.System, NullLogger<StandingMeasures>.Instance);
        using var scraper = new Scraper();
        await measures.StartAsync(Token);
        await Processes.UntilAsync(() => Task.FromResult(scraper.Read().Count > 0), TimeSpan.FromSeconds(20), "the first reading");
        for (var i = 0; i < 50; i++) scraper.Read();
        var told = scraper.Read();
        await measures.StopAsync(Token);

        Assert.Equal(3, told["certhelper.job.queue.length reports"]);
        Assert.Equal(0, told["certhelper.job.queue.length sync"]);
        Assert.InRange(told["certhelper.job.queue.age reports"], 0, 60);
        Assert.Equal(0, told["certhelper.job.queue.age sync"]);
        Assert.Equal((1, 0, 0), (told["certhelper.outside.service.up OMS"], told["certhelper.outside.service.up ebutz"], told["certhelper.outside.service.up mail"]));
        Assert.InRange(told["certhelper.outside.service.last_good.age OMS"], 600, 700);
        // It never answered well: there is no time since.
        Assert.DoesNotContain("certhelper.outside.service.last_good.age mail", told.Keys);
        Assert.Equal(1, statements);
    }

    // By hand: a client of Hangfire in a process where hosts come and go asks the log of one that has gone.
    private static async Task EnqueueAsync(TestDatabase database, string queue, int count)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(
            """
            WITH made AS (INSERT INTO hangfire.job (invocationdata, arguments, createdat) SELECT '{}', '[]', now() FROM generate_series(1, $2) RETURNING id),
            queued AS (INSERT INTO hangfire.jobqueue (jobid, queue) SELECT id, $1 FROM made),
            states AS (INSERT INTO hangfire.state (jobid, name, createdat, data) SELECT id, 'Enqueued', now(), '{}' FROM made RETURNING id, jobid)
            SELECT jobid, id FROM states
            """);
        command.Parameters.AddWithValue(queue);
        command.Parameters.AddWithValue(count);
        List<(long Job, long State)> made = [];
        await using (var reader = await command.ExecuteReaderAsync(Token))
        {
            while (await reader.ReadAsync(Token)) made.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        await using var named = source.CreateCommand("UPDATE hangfire.job SET statename = 'Enqueued', stateid = state.id FROM unnest($1, $2) AS state (job, id) WHERE job.id = state.job");
        named.Parameters.AddWithValue(made.Select(one => one.Job).ToArray());
        named.Parameters.AddWithValue(made.Select(one => one.State).ToArray());
        Assert.Equal(count, await named.ExecuteNonQueryAsync(Token));
    }

    /// <summary>Asks for everything that the meter offers, as an exporter does.</summary>
    private sealed class Scraper : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly Dictionary<string, double> told = [];

        public Scraper()
        {
            listener.InstrumentPublished = (instrument, to) =>
            {
                if (instrument.Meter.Name == Measures.MeterName && instrument.IsObservable) to.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told[$"{instrument.Name} {tags[0].Value}"] = value);
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => told[$"{instrument.Name} {tags[0].Value}"] = value);
            listener.Start();
        }

        public Dictionary<string, double> Read()
        {
            told.Clear();
            listener.RecordObservableInstruments();
            return new(told);
        }

        public void Dispose() => listener.Dispose();
    }
}
