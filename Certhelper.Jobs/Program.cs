using Certhelper.Core.Oms;
using Certhelper.Core.Storage;
using Certhelper.Jobs;
using Certhelper.Jobs.Background;
using Certhelper.Jobs.Migrate;
using Certhelper.Jobs.Reports;
using Certhelper.Jobs.Scripts;
using Certhelper.Jobs.Sync;
using Certhelper.ServiceDefaults;

if (args is ["migrate", .. var rest]) return await MigrateVerb.RunAsync(rest);
if (args is ["report", .. var words]) return await ReportVerb.RunAsync(words);
if (args is [{ } verb, ..] && !verb.StartsWith('-'))
{
    await Console.Error.WriteLineAsync($"Certhelper.Jobs knows no \"{verb}\": it runs without a verb, or as \"migrate\" or \"report\".");
    return 1;
}

return await StartupErrors.GuardAsync(async () =>
{
    // Settings lie beside the program, wherever it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddServiceDefaults();
    builder.AddNpgsqlDbContext<CerthelperDbContext>("certhelper", settings => settings.ConnectionString = StorageSetup.Bounded(settings.ConnectionString), StorageSetup.Configure);
    builder.AddRedisClient("redis");
    builder.AddOutsideServices();
    builder.AddSyncJobs();
    builder.AddReportWork();
    builder.AddBackgroundWork();
    builder.AddScriptWork();
    builder.AddSessionReading();

    var app = builder.Build();
    app.CheckConfiguration();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapDefaultEndpoints();
    app.MapJobsDashboard();
    await app.RunAsync();
});
