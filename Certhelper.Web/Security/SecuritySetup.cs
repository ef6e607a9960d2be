using System.Globalization;
using Certhelper.Web.SignIn;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Certhelper.Web.Security;

/// <summary>Whom we believe, how much we take, and whom to tell of a hole.</summary>
internal static class SecuritySetup
{
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ContactOptions>().BindConfiguration(ContactOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));

        var networks = Networks(builder.Configuration[ProxyOptions.Section + ":Networks"] ?? (builder.Environment.IsDevelopment() ? "127.0.0.0/8, ::1/128" : ""));
        // After the framework's own set-up, which believes everybody when an environment variable says so.
        builder.Services.PostConfigure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks) options.KnownIPNetworks.Add(network);
            options.ForwardLimit = null;
            // Without a network nobody is believed: an empty list would mean everybody.
            options.ForwardedHeaders = networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>((kestrel, limits) =>
        {
            // There are no uploads: a form of text is the largest thing that comes.
            kestrel.Limits.MaxRequestBodySize = limits.Value.BodyBytes;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.AddServerHeader = false;
        });
    }

    /// <summary>A body that says that it is too large is not read at all, and is called what it is.</summary>
    public static void UseBodyLimit(this WebApplication app)
    {
        var most = app.Services.GetRequiredService<IOptions<LimitsOptions>>().Value.BodyBytes;
        app.Use((context, next) =>
        {
            if (context.Request.ContentLength is not { } length || length <= most || context.Features.Get<IStatusCodeReExecuteFeature>() is not null) return next(context);
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        });
    }

    public static void UseTrustedProxies(this WebApplication app) => app.UseForwardedHeaders();

    public static void MapSecurity(this WebApplication app)
    {
        app.MapBackChannelLogout();
        app.MapGet("/.well-known/security.txt", (IOptions<ContactOptions> options, TimeProvider time) => Results.Text(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Contact: {options.Value.Contact}\nExpires: {time.GetUtcNow().UtcDateTime.Date.AddDays(180):yyyy-MM-dd'T'HH:mm:ss'Z'}\nPreferred-Languages: en, fr\n"),
            "text/plain; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }

    private static List<IPNetwork> Networks(string text)
    {
        List<IPNetwork> networks = [];
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            networks.Add(IPNetwork.TryParse(word, out var network)
                ? network
                : throw new InvalidOperationException($"Proxy:Networks holds no network: \"{word}\" (example: Proxy__Networks=\"10.128.0.0/14, 192.0.2.7/32\")."));
        }

        return networks;
    }
}
