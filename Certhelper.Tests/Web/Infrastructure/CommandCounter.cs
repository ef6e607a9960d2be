using System.Data.Common;
using Certhelper.Core.Administration;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Certhelper.Tests.Web.Infrastructure;

/// <summary>Counts what a page asks of the database, and breaks the database on demand.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>While set every question fails, as when the database is away.</summary>
    public bool Away { get; set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Away) throw new NpgsqlException("The database is away.");
        // The watch of the settings asks by itself, for no page.
        if (!command.CommandText.Contains(SiteBoard.Tag, StringComparison.Ordinal)) Interlocked.Increment(ref count);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
