using System.Globalization;
using System.Text.Json;

namespace Certhelper.Standins.Ebutz;

/// <summary>The page of the strip tracker that tells the read-out mode of a run: plain HTTP, no token, a pair in a list.</summary>
internal static class EbutzApi
{
    public const string Root = "/ebutz";

    public static void AddEbutz(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ReadOutModes>();

    public static void MapEbutz(this WebApplication app) => app.MapGet(Root + "/cgi-bin/getReadOutmode.pl", (string? run, ReadOutModes modes) =>
    {
        var asked = run?.Trim() ?? "";
        var answer = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? modes.Answer(number, asked) : null;
        // A script of many years: it names its answer text.
        return Results.Text(answer is var (of, mode) ? JsonSerializer.Serialize<string[][]>([[of, mode]]) : "[]", "text/plain");
    });

    /// <summary>Reads <c>{"mode":"PEAK"}</c> and <c>{"answeredRun":"321124"}</c>.</summary>
    public static ChangedMode Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new FormatException("""Say {"mode":"PEAK"} or {"answeredRun":"321124"}.""");
        return new ChangedMode(Text("mode"), Text("answeredRun"));

        string? Text(string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
    }
}
