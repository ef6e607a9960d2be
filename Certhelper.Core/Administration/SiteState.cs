using System.Text.Json;
using System.Text.Json.Serialization;

namespace Certhelper.Core.Administration;

/// <summary>How loud a banner is.</summary>
public enum BannerSeverity
{
    Info,
    Warning,
    Danger,
}

/// <summary>What every page says on top, for a time.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Severity">How loud.</param>
/// <param name="From">Shown from then on; null for at once.</param>
/// <param name="Until">Shown until then; null for until it is taken away.</param>
/// <param name="Stamp">New at every change: who has put the one before away sees this one.</param>
public sealed record Banner(string Text, BannerSeverity Severity, DateTimeOffset? From, DateTimeOffset? Until, string Stamp)
{
    public bool IsShown(DateTimeOffset now) => (From is null || From <= now) && (Until is null || Until > now);
}

/// <summary>The site is read only.</summary>
/// <param name="Because">What people are told.</param>
/// <param name="Until">When it ends by itself; null for when an administrator ends it.</param>
public sealed record Maintenance(string Because, DateTimeOffset? Until)
{
    public bool Holds(DateTimeOffset now) => Until is null || Until > now;
}

/// <summary>All settings at a moment. Never changes; what is not set is absent.</summary>
public sealed class SiteState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly Banner? banner;
    private readonly Maintenance? maintenance;
    private readonly HashSet<string> off;

    public SiteState(IReadOnlyDictionary<string, string> values)
    {
        banner = Read<Banner>(values.GetValueOrDefault(SettingKeys.Banner));
        maintenance = Read<Maintenance>(values.GetValueOrDefault(SettingKeys.Maintenance));
        off = [.. Enum.GetValues<Feature>().Select(SettingKeys.Of).Where(key => values.GetValueOrDefault(key) == Off)];
        Limits = values.Where(pair => SettingKeys.Limit(pair.Key) is not null).ToDictionary(pair => SettingKeys.Limit(pair.Key)!, pair => pair.Value);
    }

    /// <summary>Value of a switch that is off.</summary>
    public const string Off = "off";

    /// <summary>What holds where nothing is set.</summary>
    public static SiteState Untouched { get; } = new(new Dictionary<string, string>());

    /// <summary>Limits of rules that administrators changed, by the name of the option.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; }

    public bool IsOn(Feature feature) => !off.Contains(SettingKeys.Of(feature));

    /// <summary>What every page says now; null for nothing.</summary>
    public Banner? Banner(DateTimeOffset now) => banner?.IsShown(now) == true ? banner : null;

    /// <summary>Whether the site is read only now, and why; null when it is not.</summary>
    public Maintenance? Maintenance(DateTimeOffset now) => maintenance?.Holds(now) == true ? maintenance : null;

    public static string Write<T>(T value)
        where T : class => JsonSerializer.Serialize(value, Json);

    /// <summary>Null for nothing, and for what an older version wrote otherwise.</summary>
    public static T? Read<T>(string? text)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<T>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
