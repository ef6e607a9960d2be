using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Certhelper.Tests.Oms;

/// <summary>A small OMS that understands the questions our client asks: filters by number and change, order, pages.</summary>
internal sealed class OmsStub
{
    private readonly List<JsonObject> runs = [];
    private readonly List<JsonObject> fills = [];

    public OmsStub(StubSource source)
    {
        source.On(OmsJson.Runs, context => AnswerAsync(context, runs, "run_number"));
        source.On(OmsJson.Fills, context => AnswerAsync(context, fills, "fill_number"));
    }

    /// <summary>Called before every answer; throws what it likes into the connection by returning a status.</summary>
    public Func<HttpContext, int?> Trouble { get; set; } = _ => null;

    /// <summary>Adds or replaces a run.</summary>
    public void Run(int number, string lastUpdate, Action<JsonObject>? change = null)
    {
        var item = OmsJson.Run299329();
        var attributes = item["attributes"]!.AsObject();
        attributes["run_number"] = number;
        attributes["last_update"] = lastUpdate;
        change?.Invoke(attributes);
        Put(runs, "run_number", number, item);
    }

    /// <summary>Adds or replaces a fill.</summary>
    public void Fill(int number, Action<JsonObject>? change = null)
    {
        var item = OmsJson.Fill5960();
        var attributes = item["attributes"]!.AsObject();
        attributes["fill_number"] = number;
        change?.Invoke(attributes);
        Put(fills, "fill_number", number, item);
    }

    private static void Put(List<JsonObject> items, string key, int number, JsonObject item)
    {
        items.RemoveAll(other => (int)other["attributes"]![key]! == number);
        items.Add(item);
    }

    private async Task AnswerAsync(HttpContext context, List<JsonObject> items, string key)
    {
        if (Trouble(context) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        var query = context.Request.Query;
        IEnumerable<JsonObject> found = items;
        if (Text("filter[last_update][GE]") is { } since) found = found.Where(item => string.CompareOrdinal((string?)item["attributes"]!["last_update"], since) >= 0);
        if (Number($"filter[{key}][EQ]") is { } equal) found = found.Where(item => (int)item["attributes"]![key]! == equal);
        if (Number($"filter[{key}][GE]") is { } from) found = found.Where(item => (int)item["attributes"]![key]! >= from);
        if (Number($"filter[{key}][LE]") is { } to) found = found.Where(item => (int)item["attributes"]![key]! <= to);
        if (Text("sort") is { } sort)
            found = found.OrderBy(item => sort.StartsWith("last_update", StringComparison.Ordinal) ? (string?)item["attributes"]!["last_update"] : "", StringComparer.Ordinal)
                .ThenBy(item => (int)item["attributes"]![key]!);
        var all = found.ToList();
        await context.Response.WriteAsync(OmsJson.Page(all.Count, all.Skip(Number("page[offset]") ?? 0).Take(Number("page[limit]") ?? 10)));

        string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
