using System.Text.Json;
using System.Text.Json.Serialization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>A profile of a project's <c>Properties/launchSettings.json</c>: where it listens and its variables while developing.</summary>
internal sealed record LaunchProfile(string? CommandName, string? ApplicationUrl, Dictionary<string, string>? EnvironmentVariables)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    [JsonIgnore]
    public IReadOnlyList<Uri> Urls => [.. (ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url))];

    /// <summary>The named profile, or the first that starts the project; null when the project has none.</summary>
    public static LaunchProfile? Read(string projectPath, string? name)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        var profiles = JsonSerializer.Deserialize<Settings>(file, Json)?.Profiles ?? [];
        return name is null
            ? profiles.Values.FirstOrDefault(profile => profile.CommandName == "Project")
            : profiles.GetValueOrDefault(name) ?? throw new DistributedApplicationException($"{path} has no launch profile named {name}.");
    }

    private sealed record Settings(Dictionary<string, LaunchProfile>? Profiles);
}
