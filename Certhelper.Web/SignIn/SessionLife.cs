using System.Globalization;
using Certhelper.Core.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Certhelper.Web.SignIn;

/// <summary>
/// What a session is beside its person: when it began, a number of its own that is new at every sign-in, and the session of CERN
/// SSO that it came from. It ends when it is too old, and when it was ended elsewhere.
/// </summary>
internal static class SessionLife
{
    private const string Began = "began";
    private const string Own = "own";
    private const string Sso = "sid";
    private const string Subject = "sub";

    public static void AddSessionLife(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SessionRoom>();
        builder.Services.AddSingleton<EndedSessions>();
        // Beside whatever else is asked of a session at each request.
        builder.Services.PostConfigure<CookieAuthenticationOptions>(Session.Scheme, options =>
        {
            var others = options.Events.OnValidatePrincipal;
            options.Events.OnValidatePrincipal = async context =>
            {
                await ValidateAsync(context);
                if (context.Principal is not null) await others(context);
            };
        });
    }

    /// <summary>Marks a session that begins now.</summary>
    public static void Begin(AuthenticationProperties properties, DateTimeOffset now, string? sso, string? subject)
    {
        properties.Items[Began] = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        properties.Items[Own] = Guid.NewGuid().ToString("N");
        properties.Items[Sso] = sso;
        properties.Items[Subject] = subject;
    }

    /// <summary>By what this one session is ended; null for one that was never begun here.</summary>
    public static string? OwnKey(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Own, out var own) && own is not null ? SessionKeys.Own(own) : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var began = BeganAt(context.Properties);
        var now = context.Options.TimeProvider!.GetUtcNow();
        if (began is { } since && now - since < SessionRoom.Longest
            && !await context.HttpContext.RequestServices.GetRequiredService<EndedSessions>().IsEndedAsync(Keys(context.Properties), since, context.HttpContext.RequestAborted))
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Session.Scheme);
    }

    private static DateTimeOffset? BeganAt(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Began, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static IEnumerable<string> Keys(AuthenticationProperties properties)
    {
        if (OwnKey(properties) is { } own) yield return own;
        if (properties.Items.TryGetValue(Sso, out var sid) && sid is not null) yield return SessionKeys.Sso(sid);
        if (properties.Items.TryGetValue(Subject, out var subject) && subject is not null) yield return SessionKeys.Subject(subject);
    }
}
