using Certhelper.Core.Oms;
using Certhelper.ServiceDefaults;
using Certhelper.Web.Background;
using Certhelper.Web.Security;
using Certhelper.Web.Shell;
using Certhelper.Web.SignIn;
using Certhelper.Web.Storage;

return await StartupErrors.GuardAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddStorage();
    builder.AddOutsideServices();
    builder.AddSignIn();
    builder.AddPages();
    builder.AddJobsDashboard();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseErrorPages();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapDefaultEndpoints();
    app.MapPages();
    app.MapJobsDashboard();
    app.CheckConfiguration();
    await app.RunAsync();
});
