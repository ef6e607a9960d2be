using Certhelper.Standins.Control;
using Certhelper.Standins.Ebutz;
using Certhelper.Standins.Facts;
using Certhelper.Standins.Mail;
using Certhelper.Standins.Oms;
using Certhelper.Standins.RunRegistry;
using Certhelper.Standins.Sso;
using Certhelper.Standins.Tokens;

namespace Certhelper.Standins;

/// <summary>The process that plays CERN's services: single sign-on, OMS, Run Registry and ebutz, on one HTTP endpoint, and a mail server that delivers nothing.</summary>
public static class StandinsHost
{
    /// <summary>Builds the application; <paramref name="configure"/> lets a test replace services such as the clock.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(StandinsHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("OpenIddict", LogLevel.Warning)
            // Program says in one line why the start failed.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            // It warns that keys in a development folder are not encrypted.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddOptions<StandinsOptions>().BindConfiguration("Standins").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BearerCheck>();
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<FactStore>();
        builder.AddSso();
        builder.AddOms();
        builder.AddRunRegistry();
        builder.AddEbutz();
        builder.AddMail();
        builder.AddControl();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseFaults();
        app.UseAuthentication();
        app.MapHealthChecks("/alive");
        app.MapHealthChecks("/health");
        app.MapSso();
        app.MapOms();
        app.MapRunRegistry();
        app.MapEbutz();
        app.MapMail();
        app.MapControl();
        return app;
    }
}
