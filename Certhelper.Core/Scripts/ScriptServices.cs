using Certhelper.Core.Administration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Scripts;

/// <summary>Registers what pages and workers share of scripts.</summary>
public static class ScriptServices
{
    /// <summary>Options (checked at start), desks, hints, and the store of files.</summary>
    public static void AddScripts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ScriptsOptions>().BindConfiguration(ScriptsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAdministration();
        builder.Services.AddSingleton<ExecutionHints>();
        builder.Services.AddScoped<ScriptKeeper>();
        builder.Services.AddScoped<HostKeyDesk>();
        builder.Services.AddSingleton<CredentialBook>();
        builder.Services.AddScoped<HostDoor>();
        builder.Services.AddScoped<ExecutionDesk>();
        builder.Services.AddScoped<DatabaseFileStore>();
        builder.Services.AddSingleton<FolderFileStore>();
        builder.Services.AddScoped<IFileStore>(services => string.IsNullOrEmpty(services.GetRequiredService<IOptions<ScriptsOptions>>().Value.FilesFolder)
            ? services.GetRequiredService<DatabaseFileStore>()
            : services.GetRequiredService<FolderFileStore>());
    }
}
