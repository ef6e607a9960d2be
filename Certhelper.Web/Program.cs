using Certhelper.Core.Oms;
using Certhelper.Core.Reports;
using Certhelper.Core.Scripts;
using Certhelper.ServiceDefaults;
using Certhelper.Web.Api;
using Certhelper.Web.Background;
using Certhelper.Web.Executions;
using Certhelper.Web.Lists;
using Certhelper.Web.Maps;
using Certhelper.Web.Reports;
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
    builder.AddScripts();
    builder.AddSchedules();
    builder.AddSignIn();
    builder.AddPages();
    builder.AddLists();
    builder.AddExecutions();
    builder.AddMaps();
    builder.AddApi();
    builder.AddJobsDashboard();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseErrorPages();
    app.UseApiProblems();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapDefaultEndpoints();
    app.MapPages();
    app.MapExports();
    app.MapExecutions();
    app.MapMapFiles();
    app.MapReportFiles();
    app.MapApi();
    app.MapJobsDashboard();
    app.CheckConfiguration();
    await app.RunAsync();
});
