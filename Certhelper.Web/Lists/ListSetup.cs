namespace Certhelper.Web.Lists;

/// <summary>What lists need.</summary>
internal static class ListSetup
{
    public static void AddLists(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ListCache>();
        builder.Services.AddScoped<CertificationList>();
        builder.Services.AddScoped<RunList>();
        builder.Services.AddScoped<SavedFilterDesk>();
    }
}
