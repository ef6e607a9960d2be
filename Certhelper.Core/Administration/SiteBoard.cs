using System.Collections.Immutable;
using System.Data.Common;
using Certhelper.Core.Oms;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Certhelper.Core.Administration;

/// <summary>
/// The settings, and how outside services answered last, as this process knows them. Every process reads them again every two seconds,
/// so a change holds everywhere a moment later, and a request costs nothing. While the database is away, what was read last holds.
/// </summary>
public sealed class SiteBoard(IServiceScopeFactory scopes)
{
    private SiteState current = SiteState.Untouched;
    private ImmutableDictionary<string, SourceContact> sources = ImmutableDictionary<string, SourceContact>.Empty;

    public SiteState Now => Volatile.Read(ref current);

    /// <summary>The last contact with each outside service, by its name in <see cref="SourceContact"/>.</summary>
    public IReadOnlyDictionary<string, SourceContact> Sources => Volatile.Read(ref sources);

    /// <summary>Reads them at once: who changes something sees it on the next page.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CerthelperDbContext>();
        var values = await db.Settings.AsNoTracking().TagWith(Tag).Where(item => item.Value != null)
            .ToDictionaryAsync(item => item.Key, item => item.Value!, cancellationToken);
        Volatile.Write(ref current, new SiteState(values));
        var contacts = await db.SourceContacts.AsNoTracking().TagWith(Tag).ToListAsync(cancellationToken);
        Volatile.Write(ref sources, contacts.ToImmutableDictionary(contact => contact.Source));
    }

    /// <summary>A contact that this process just had: its own pages tell of it at once.</summary>
    internal void Note(SourceContact contact) =>
        ImmutableInterlocked.AddOrUpdate(ref sources, contact.Source, contact, (_, before) => new SourceContact
        {
            Source = contact.Source,
            LastGoodAt = contact.LastGoodAt ?? before.LastGoodAt,
            LastFailureAt = contact.LastFailureAt ?? before.LastFailureAt,
            LastFailure = contact.LastFailure ?? before.LastFailure,
        });

    /// <summary>By what the statement is known among those of pages.</summary>
    public const string Tag = "settings of the site";
}

/// <summary>Keeps the board fresh.</summary>
public sealed partial class SiteWatch(SiteBoard board, TimeProvider time, ILogger<SiteWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private bool isAway;

    /// <summary>Before the first request, so that no process starts out of maintenance; a database that is away keeps nobody waiting.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await ReadAsync(stoppingToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await board.ReadAsync(limit.Token);
            isAway = false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is DbException or TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            // Said once: it is tried every two seconds.
            if (!isAway) Log.Away(logger, exception.Message);
            isAway = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The settings of the site cannot be read; those read last hold: {Problem}")]
        public static partial void Away(ILogger logger, string problem);
    }
}
