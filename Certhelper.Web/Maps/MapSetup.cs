namespace Certhelper.Web.Maps;

/// <summary>What the pages of tracker maps need.</summary>
internal static class MapSetup
{
    public static void AddMaps(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MapGallery>();
        builder.Services.AddScoped<MapComparer>();
    }
}
