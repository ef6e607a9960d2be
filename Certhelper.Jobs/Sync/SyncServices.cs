using Certhelper.Core.Audit;
using Certhelper.Core.People;

using Certhelper.Jobs.Background;

namespace Certhelper.Jobs.Sync;

/// <summary>Registers what keeps us in step with outside services.</summary>
internal static class SyncServices
{
    public static void AddSyncJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<AuditRetention>();
        builder.Services.AddScoped<SessionRoom>();
        builder.Services.AddScoped<SyncMarks>();
        builder.Services.AddSingleton<SitePauses>();
        builder.Services.AddScoped<OmsSync>();
        builder.Services.AddScoped<RegistrySync>();
        builder.Services.AddScoped<FactsCompletion>();
        builder.Services.AddScoped<ApvModesPass>();
        builder.Services.AddScoped<CertifiedDatasets>();
        builder.Services.AddScoped<FactsRecheck>();
        builder.Services.AddScoped<SyncJobs>();
        builder.Services.AddHostedService<AskedPasses>();
    }
}
