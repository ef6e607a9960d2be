using Certhelper.Web.Background;
using Certhelper.Web.SignIn;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Security;

/// <summary>Headers that every answer carries. Pages hold no inline script or style, so the policy allows none.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        // Chromium applies form-action to redirects too: a form that meets an expired session ends at CERN SSO.
        var sso = new Uri(app.Services.GetRequiredService<IOptions<SsoOptions>>().Value.Authority).GetLeftPart(UriPartial.Authority);
        var pages = string.Join("; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            $"form-action 'self' {sso}",
            "frame-ancestors 'none'",
            "base-uri 'none'");
        // The jobs dashboard is Hangfire's own: it styles elements and starts its scripts inline.
        var dashboard = string.Join("; ",
            "default-src 'none'",
            "script-src 'self' 'unsafe-inline'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            $"form-action 'self' {sso}",
            "frame-ancestors 'none'",
            "base-uri 'none'");

        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                var forwarded = context.Request.Path.StartsWithSegments(JobsDashboard.Path) && context.Response.StatusCode < 400;
                headers.ContentSecurityPolicy = forwarded ? dashboard : pages;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
