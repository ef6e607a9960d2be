using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace Certhelper.OpenShift.Output;

/// <summary>One way from objects to text: JSON as the cluster's own client writes it, then YAML.</summary>
internal static class Yaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
        .WithEventEmitter(next => new BlockText(next), where => where.OnTop())
        .DisableAliases()
        .WithIndentedSequences()
        .Build();

    public static JsonObject Json(object value) => JsonNode.Parse(KubernetesJson.Serialize(value))!.AsObject();

    public static string Text(JsonNode node) => Serializer.Serialize(Plain(JsonNode.Parse(node.ToJsonString()))!);

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject branch => branch.ToDictionary(entry => entry.Key, entry => Plain(entry.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        null => null,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => node.GetValue<JsonElement>().TryGetInt64(out var number) ? number : node.GetValue<JsonElement>().GetDouble(),
        },
    };

    /// <summary>Texts of several lines stay readable.</summary>
    private sealed class BlockText(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n', StringComparison.Ordinal)) emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.Literal, isPlainImplicit: true, isQuotedImplicit: true));
            else base.Emit(eventInfo, emitter);
        }
    }
}
