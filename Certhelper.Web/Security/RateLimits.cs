using System.Globalization;
using System.Threading.RateLimiting;
using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Web.Api;
using Certhelper.Web.Audit;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Security;

/// <summary>Limits per person, or per network where nobody is signed in; each process counts for itself.</summary>
internal sealed class RateLimits(IOptions<LimitsOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> door = PerMinute(options.Value.SignInsAMinute);
    private readonly PartitionedRateLimiter<string> exports = PerMinute(options.Value.ExportsAMinute);
    private readonly PartitionedRateLimiter<string> api = PerMinute(options.Value.ApiAMinute);

    public void Dispose()
    {
        door.Dispose();
        exports.Dispose();
        api.Dispose();
    }

    public PartitionedRateLimiter<string>? AtDoor(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Session.SignInPath, StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments(SignIn.BackChannelLogout.Path, StringComparison.OrdinalIgnoreCase)
            ? door
            : null;

    public PartitionedRateLimiter<string>? OfPerson(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LeavesAsFile>() is not null ? exports : context.Request.IsApi() ? api : null;

    /// <summary>Answers 429 when the limit is reached.</summary>
    /// <returns>Whether the request may go on.</returns>
    public static bool Admits(PartitionedRateLimiter<string> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(Who(context));
        if (lease.IsAcquired) return true;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromMinutes(1);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return false;
    }

    private static string Who(HttpContext context) =>
        context.User.UserId() is { } id ? id.ToString(CultureInfo.InvariantCulture) : NetworkAddress.Of(context.Connection.RemoteIpAddress, whole: true) ?? "nowhere";

    // A token for each part of a minute: whoever reaches the limit goes on slowly rather than not at all.
    private static PartitionedRateLimiter<string> PerMinute(int requests) => PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetSlidingWindowLimiter(
        who, _ => new SlidingWindowRateLimiterOptions { PermitLimit = requests, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 }));
}

/// <summary>Where the limits are asked.</summary>
internal static class RateLimiting
{
    /// <summary>Before authentication: the answers of CERN SSO are taken there.</summary>
    public static void UseDoorLimit(this WebApplication app) => Use(app, limits => limits.AtDoor);

    /// <summary>After authentication, for what a person may do only so often.</summary>
    public static void UsePersonLimits(this WebApplication app) => Use(app, limits => limits.OfPerson);

    private static void Use(WebApplication app, Func<RateLimits, Func<HttpContext, PartitionedRateLimiter<string>?>> choose)
    {
        var limiterOf = choose(app.Services.GetRequiredService<RateLimits>());
        app.Use((context, next) =>
            context.Features.Get<IStatusCodeReExecuteFeature>() is not null || limiterOf(context) is not { } limiter || RateLimits.Admits(limiter, context)
                ? next(context)
                : Task.CompletedTask);
    }
}
