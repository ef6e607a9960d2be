using Certhelper.Core.Administration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Certhelper.Core.Reports;

/// <summary>Registers schedules and the mail that they send.</summary>
public static class ScheduleServices
{
    public static void AddSchedules(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAdministration();
        builder.Services.AddSingleton<PostOffice>();
        builder.Services.AddScoped<ScheduleDesk>();
        builder.Services.AddScoped<ScheduledReports>();
    }
}
