using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Oms;

/// <summary>Reads the OMS aggregation API. Answers are items; <see cref="OmsFacts"/> says what they mean.</summary>
public sealed class OmsClient(HttpClient http, IOptions<OmsOptions> options)
{
    /// <summary>Largest distance between two numbers that are still asked for in one range.</summary>
    private const int RangeGap = 100;

    /// <summary>How often a reading starts over because pages shifted; a service that ignores offsets would be read for ever.</summary>
    private const int MostRestarts = 20;

    /// <summary>One run; null when OMS knows no such run.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public Task<OmsItem?> RunAsync(int runNumber, CancellationToken cancellationToken) => OneAsync("runs", "run_number", runNumber, cancellationToken);

    /// <summary>One fill; null when OMS knows no such fill.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public Task<OmsItem?> FillAsync(int fillNumber, CancellationToken cancellationToken) => OneAsync("fills", "fill_number", fillNumber, cancellationToken);

    /// <summary>Those of the runs that OMS knows.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public Task<Dictionary<int, OmsItem>> RunsAsync(IEnumerable<int> runNumbers, CancellationToken cancellationToken) =>
        ManyAsync("runs", "run_number", runNumbers, cancellationToken);

    /// <summary>Those of the fills that OMS knows.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public Task<Dictionary<int, OmsItem>> FillsAsync(IEnumerable<int> fillNumbers, CancellationToken cancellationToken) =>
        ManyAsync("fills", "fill_number", fillNumbers, cancellationToken);

    /// <summary>Number of the last lumisection; 0 when there is none.</summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public async Task<int> LastLumisectionAsync(int runNumber, CancellationToken cancellationToken)
    {
        var page = await PageAsync(
            "lumisections",
            [("filter[run_number][EQ]", Number(runNumber)), ("sort", "-lumisection_number"), ("fields", "lumisection_number")],
            0,
            1,
            cancellationToken);
        return page.Items.Count == 0 ? 0 : page.Items[0].Count("lumisection_number") ?? 0;
    }

    /// <summary>
    /// Pages of runs whose row changed at or after a time, oldest change first. Rows move to the end when they change
    /// while this reads; it therefore goes on from the last time seen and not by counting, so that none is skipped.
    /// </summary>
    /// <exception cref="OutsideServiceException">OMS could not be asked.</exception>
    public async IAsyncEnumerable<ChangedRuns> RunsChangedSinceAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var size = options.Value.PageSize;
        var from = since;
        var offset = 0;
        var restarts = 0;
        (int?, DateTimeOffset?)? overlap = null;
        var seen = new HashSet<(int?, DateTimeOffset?)>();
        while (true)
        {
            var page = await PageAsync(
                "runs",
                [("filter[last_update][GE]", Iso(from)), ("sort", "last_update,run_number")],
                offset,
                size,
                cancellationToken);
            if (offset > 0 && page.Items.Count > 0 && Key(page.Items[0]) != overlap)
            {
                // Rows in front have moved away; what was counted is not where it was.
                if (++restarts > MostRestarts)
                    throw new OutsideServiceException(SourceContact.Oms, "OMS gives pages that do not fit together; the reading was given up.");
                offset = 0;
                continue;
            }

            var fresh = page.Items.Where(item => item.Int("run_number") is not null && seen.Add(Key(item))).ToList();
            var last = page.Items.Select(item => item.Time("last_update")).Max();
            var until = last > from ? last.Value : from;
            if (page.Count > 0) yield return new ChangedRuns(fresh, until, Math.Max(0, page.Total - offset - page.Count));
            if (page.Count < size) yield break;

            // A whole page that changed in the same second can only be counted over, with one row of overlap as a check.
            offset = until > from ? 0 : offset + page.Count - 1;
            overlap = page.Items.Count > 0 ? Key(page.Items[^1]) : null;
            from = until;
        }

        static (int?, DateTimeOffset?) Key(OmsItem item) => (item.Int("run_number"), item.Time("last_update"));
    }

    private async Task<OmsItem?> OneAsync(string resource, string key, int number, CancellationToken cancellationToken)
    {
        var page = await PageAsync(resource, [($"filter[{key}][EQ]", Number(number))], 0, 1, cancellationToken);
        // A service that ignores the filter must not make one run out of another.
        return page.Items.Count > 0 && page.Items[0].Int(key) == number ? page.Items[0] : null;
    }

    private async Task<Dictionary<int, OmsItem>> ManyAsync(string resource, string key, IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, OmsItem>();
        var wanted = numbers.ToHashSet();
        foreach (var (first, last) in Ranges(wanted))
        {
            for (var offset = 0; ;)
            {
                var page = await PageAsync(
                    resource,
                    [($"filter[{key}][GE]", Number(first)), ($"filter[{key}][LE]", Number(last)), ("sort", key)],
                    offset,
                    options.Value.PageSize,
                    cancellationToken);
                foreach (var item in page.Items)
                    if (item.Int(key) is { } number && wanted.Contains(number)) found[number] = item;
                offset += page.Count;
                if (page.Count < options.Value.PageSize) break;
            }
        }

        return found;
    }

    private static IEnumerable<(int First, int Last)> Ranges(IEnumerable<int> numbers)
    {
        int? first = null;
        var last = 0;
        foreach (var number in numbers.Order())
        {
            if (first is { } start && number - last > RangeGap)
            {
                yield return (start, last);
                first = null;
            }

            first ??= number;
            last = number;
        }

        if (first is { } rest) yield return (rest, last);
    }

    private async Task<Page> PageAsync(
        string resource, (string Key, string Value)[] query, int offset, int limit, CancellationToken cancellationToken)
    {
        var parameters = query.Select(part => $"{Uri.EscapeDataString(part.Key)}={Uri.EscapeDataString(part.Value)}")
            .Append($"page%5Boffset%5D={Number(offset)}")
            .Append($"page%5Blimit%5D={Number(limit)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{options.Value.BaseUrl.TrimEnd('/')}/{resource}?{string.Join('&', parameters)}");
        request.Headers.Accept.ParseAdd("application/vnd.api+json, application/json;q=0.9");
        using var answer = await OutsideAnswers.SendJsonAsync(http, request, Asked.Oms, cancellationToken);
        var root = answer.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            throw new OutsideServiceException(SourceContact.Oms, "OMS answered with JSON of an unknown shape: it has no list of data.");
        var items = data.EnumerateArray().Select(OmsItem.From).OfType<OmsItem>().ToList();
        var total = root.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            ? new OmsItem(meta, default).Count("totalResourceCount") : null;
        return new Page(items, data.GetArrayLength(), total ?? offset + items.Count);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <param name="Items">The items that can be read.</param>
    /// <param name="Count">How many there were, unreadable ones included.</param>
    /// <param name="Total">How many the question has in all.</param>
    private sealed record Page(IReadOnlyList<OmsItem> Items, int Count, int Total);
}

/// <summary>One page of runs that changed.</summary>
/// <param name="Runs">The runs, without those that an earlier page had.</param>
/// <param name="Until">The newest change up to which all have been read.</param>
/// <param name="Remaining">About how many more there are.</param>
public sealed record ChangedRuns(IReadOnlyList<OmsItem> Runs, DateTimeOffset Until, int Remaining);
