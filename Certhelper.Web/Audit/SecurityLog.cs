using System.Security.Claims;
using System.Threading.RateLimiting;
using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Audit;

/// <summary>
/// Writes what happened at the door into the audit. It has a connection of its own: what a request did or failed to do with its
/// own does not matter. When the database is away the event is at least in the log.
/// </summary>
public sealed partial class SecurityLog(IServiceScopeFactory scopes, IOptions<AuditOptions> options, ILogger<SecurityLog> logger) : IDisposable
{
    // Somebody who tries one address after the other fills the log and not the database.
    private const int RefusalsAMinute = 60;

    private readonly PartitionedRateLimiter<string> refusals = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetFixedWindowLimiter(
        who, _ => new FixedWindowRateLimiterOptions { PermitLimit = RefusalsAMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public void Dispose() => refusals.Dispose();

    /// <summary>Who asks, from where.</summary>
    public AuditScope ScopeOf(HttpContext context, ClaimsPrincipal person)
    {
        var method = context.Request.Method;
        var looks = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
        return new AuditScope(
            person.UserId(), person.FindFirstValue(Session.LoginClaim), NetworkAddress.Of(context.Connection.RemoteIpAddress, options.Value.WholeAddresses), Acts: !looks);
    }

    public Task SignedInAsync(HttpContext context, User user) => WriteAsync(
        ScopeOf(context, context.User) with { PersonId = user.Id, By = user.Login },
        new AuditNote(AuditEvent.SignedIn, nameof(User), Key(user.Id), Details: "as " + string.Join(", ", user.Roles)));

    public Task SignInRefusedAsync(HttpContext context, string why) => WriteBoundedAsync(ScopeOf(context, context.User), new AuditNote(AuditEvent.SignInRefused, Details: why));

    public Task SignedOutAsync(HttpContext context, ClaimsPrincipal person, string how) => WriteAsync(
        ScopeOf(context, person), new AuditNote(AuditEvent.SignedOut, nameof(User), person.UserId() is { } id ? Key(id) : null, Details: how));

    public Task RefusedAsync(HttpContext context, ClaimsPrincipal person, string what, string details) =>
        WriteBoundedAsync(ScopeOf(context, person), new AuditNote(AuditEvent.Refused, what, Details: details));

    public Task ExportedAsync(HttpContext context, ClaimsPrincipal person, string what, string details) =>
        WriteAsync(ScopeOf(context, person), new AuditNote(AuditEvent.Exported, what, Details: details));

    private static string Key(int id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task WriteBoundedAsync(AuditScope scope, AuditNote note)
    {
        using var lease = refusals.AttemptAcquire(scope.By ?? scope.Address ?? "");
        if (lease.IsAcquired) await WriteAsync(scope, note);
        else Log.TooMany(logger, note.Event, scope.By ?? scope.Address, note.Details);
    }

    private async Task WriteAsync(AuditScope scope, AuditNote note)
    {
        using var begun = AuditScope.Begin(scope);
        try
        {
            await using var services = scopes.CreateAsyncScope();
            // Not stopped with the request: who leaves early is written down too.
            await services.ServiceProvider.GetRequiredService<CerthelperDbContext>().AuditAsync(CancellationToken.None, note);
        }
        catch (Exception exception)
        {
            Log.NotWritten(logger, exception, note.Event, scope.By, note.Details);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The audit could not be written: {Event} by {Who}: {Details}")]
        public static partial void NotWritten(ILogger logger, Exception exception, AuditEvent @event, string? who, string? details);

        [LoggerMessage(2, LogLevel.Warning, "Not in the audit, because there were too many in this minute: {Event} by {Who}: {Details}")]
        public static partial void TooMany(ILogger logger, AuditEvent @event, string? who, string? details);
    }
}
