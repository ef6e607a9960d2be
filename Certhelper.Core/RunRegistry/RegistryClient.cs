using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.RunRegistry;

/// <summary>Reads the CMS Run Registry. It is slow and often down; pages go through <see cref="RegistryDesk"/>.</summary>
public sealed class RegistryClient(HttpClient http, IOptions<RunRegistryOptions> options)
{
    /// <summary>Runs in one question.</summary>
    public const int RunsPerQuestion = 50;

    /// <summary>All datasets of the runs, without the online ones.</summary>
    /// <exception cref="OutsideServiceException">The registry could not be asked.</exception>
    public async Task<IReadOnlyList<RegistryAnswer>> OfRunsAsync(IEnumerable<int> runNumbers, CancellationToken cancellationToken)
    {
        var answers = new List<RegistryAnswer>();
        foreach (var batch in runNumbers.Distinct().Order().Chunk(RunsPerQuestion))
        {
            var datasets = await AllPagesAsync(() => RegistryFilter.OfRuns(batch), null, cancellationToken);
            answers.AddRange(datasets.Where(dataset => batch.Contains(dataset.RunNumber)));
        }

        return answers;
    }

    /// <summary>All datasets of a range of runs, both ends included, without the online ones.</summary>
    /// <exception cref="OutsideServiceException">The registry could not be asked.</exception>
    public async Task<IReadOnlyList<RegistryAnswer>> OfRangeAsync(int from, int to, CancellationToken cancellationToken)
    {
        var datasets = await AllPagesAsync(() => RegistryFilter.OfRange(from, to), null, cancellationToken);
        return [.. datasets.Where(dataset => dataset.RunNumber >= from && dataset.RunNumber <= to)];
    }

    /// <summary>All datasets that wait for the tracker's certification, without the online ones.</summary>
    /// <param name="progress">Told after every page: datasets read, datasets in all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OutsideServiceException">The registry could not be asked.</exception>
    public Task<IReadOnlyList<RegistryAnswer>> OpenAsync(Action<int, int>? progress, CancellationToken cancellationToken) =>
        AllPagesAsync(RegistryFilter.Open, progress, cancellationToken);

    private async Task<IReadOnlyList<RegistryAnswer>> AllPagesAsync(
        Func<JsonObject> filter, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        // Pages shift while they are read: what comes twice is taken once, what slips through is found by the next pass.
        var found = new Dictionary<(int, string), RegistryAnswer>();
        var read = 0;
        for (var page = 0; ; page++)
        {
            var (datasets, elements, pages, count) = await PageAsync(page, filter(), cancellationToken);
            foreach (var dataset in datasets)
                if (!dataset.Name.Contains("online", StringComparison.OrdinalIgnoreCase)) found[(dataset.RunNumber, dataset.Name)] = dataset;
            read += elements;
            progress?.Invoke(read, Math.Max(read, count));
            if (elements == 0 || page + 1 >= pages) return [.. found.Values];
        }
    }

    private async Task<(List<RegistryAnswer> Datasets, int Elements, int Pages, int Count)> PageAsync(
        int page, JsonObject filter, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Value.BaseUrl.TrimEnd('/')}/datasets_filtered_ordered")
        {
            Content = JsonContent.Create(new JsonObject
            {
                ["page"] = page,
                ["page_size"] = options.Value.PageSize,
                ["sortings"] = new JsonArray(),
                ["filter"] = filter,
            }),
        };
        // The body is sent again when the question is repeated, so it must not be a stream that was read already.
        await request.Content.LoadIntoBufferAsync(cancellationToken);
        using var answer = await OutsideAnswers.SendJsonAsync(http, request, Asked.RunRegistry, cancellationToken);
        var root = answer.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("datasets", out var list) || list.ValueKind != JsonValueKind.Array)
            throw new OutsideServiceException(SourceContact.RunRegistry, "The Run Registry answered with JSON of an unknown shape: it has no list of datasets.");
        var row = new OmsItem(root, default);
        return (
            list.EnumerateArray().Select(RegistryAnswer.From).OfType<RegistryAnswer>().ToList(),
            list.GetArrayLength(),
            row.Count("pages") ?? 1,
            row.Count("count") ?? 0);
    }
}
