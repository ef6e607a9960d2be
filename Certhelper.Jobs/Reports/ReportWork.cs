using Certhelper.Core.Reports;

namespace Certhelper.Jobs.Reports;

/// <summary>Registers what makes reports by schedule.</summary>
internal static class ReportWork
{
    public static void AddReportWork(this IHostApplicationBuilder builder)
    {
        builder.AddSchedules();
        builder.Services.AddScoped<ScheduleClock>();
        builder.Services.AddScoped<ScheduledMaker>();
        builder.Services.AddScoped<ScheduleJob>();
        builder.Services.AddHostedService<AskedMakings>();
    }
}
