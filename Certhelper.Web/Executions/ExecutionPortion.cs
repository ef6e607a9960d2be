using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Certhelper.Core.Scripts;

namespace Certhelper.Web.Executions;

/// <summary>
/// What a watcher gets at once: lines that follow what it has, and how the execution stands. Both are JSON already, made
/// once for all watchers; sending it to one more is a copy of bytes.
/// </summary>
/// <param name="Lines">An array of <c>[number, text]</c>; with a third item, 0, where no line break follows.</param>
/// <param name="Last">Number of the last of them, or of the last that the watcher had.</param>
[JsonConverter(typeof(Writer))]
internal sealed record ExecutionPortion(ReadOnlyMemory<byte> Lines, ReadOnlyMemory<byte> State, long Last)
{
    private sealed class Writer : JsonConverter<ExecutionPortion>
    {
        public override ExecutionPortion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Portions are only written.");

        public override void Write(Utf8JsonWriter writer, ExecutionPortion value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (!value.Lines.IsEmpty)
            {
                writer.WritePropertyName("lines"u8);
                writer.WriteRawValue(value.Lines.Span, skipInputValidation: true);
            }

            if (!value.State.IsEmpty)
            {
                writer.WritePropertyName("state"u8);
                writer.WriteRawValue(value.State.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }
    }
}

/// <summary>Lines that follow each other, as JSON.</summary>
/// <param name="After">Number of the line before the first.</param>
/// <param name="Full">Whether more may follow at once: it was cut because of its size.</param>
internal sealed record LineBlock(long After, long Last, int Count, byte[] Json, bool Full)
{
    public static LineBlock Of(long after, IReadOnlyList<OutputLine> lines, bool full)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, PortionJson.Writing))
        {
            writer.WriteStartArray();
            foreach (var line in lines)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(line.Number);
                writer.WriteStringValue(line.Text);
                if (!line.Ends) writer.WriteNumberValue(0);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return new LineBlock(after, lines.Count == 0 ? after : lines[^1].Number, lines.Count, buffer.ToArray(), full);
    }
}

/// <summary>A line as it is read.</summary>
internal sealed record OutputLine(long Number, string Text, bool Ends);

/// <summary>How portions are written: answers of this kind are never part of a page.</summary>
internal static class PortionJson
{
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] StateOf(ExecutionNow now) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            state = now.State.ToString(),
            title = now.State.Title(),
            ended = now.Ended,
            now.Trouble,
            now.Attempt,
            now.StartedAt,
            now.EndedAt,
            now.ExitCode,
            now.LastLine,
            now.Bytes,
            now.Tail,
            now.Percent,
            now.Truncated,
            now.StopBy,
            now.Files,
            now.Look,
            now.Change,
        },
        Options);
}
