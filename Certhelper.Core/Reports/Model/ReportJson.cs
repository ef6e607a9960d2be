using System.Text.Json;
using System.Text.Json.Serialization;

namespace Certhelper.Core.Reports;

/// <summary>Reports as they are stored.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes a document.</summary>
    public static string Write(ReportDocument document) => JsonSerializer.Serialize(document, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ReportDocument Read(string json) =>
        JsonSerializer.Deserialize<ReportDocument>(json, Options) ?? throw new JsonException("There is no report in it.");
}
