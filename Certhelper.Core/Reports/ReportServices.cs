using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Core.Reports;

/// <summary>Registers what makes and keeps reports.</summary>
public static class ReportServices
{
    public static void AddReports(this IServiceCollection services)
    {
        services.AddScoped<ReportData>();
        services.AddScoped<ReportWriter>();
        services.AddScoped<ReportDesk>();
    }
}
