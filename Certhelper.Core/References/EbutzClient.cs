using System.Globalization;
using System.Text.Json;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.References;

/// <summary>Asks ebutz in which mode the strip tracker was read out.</summary>
public sealed class EbutzClient(HttpClient http, IOptions<EbutzOptions> options)
{
    /// <summary>The mode of one run; null when ebutz knows none. An answer about another run, or a word that is no mode, is refused.</summary>
    /// <exception cref="OutsideServiceException">ebutz could not be asked, or its answer cannot be used.</exception>
    public async Task<ApvMode?> ModeAsync(int runNumber, CancellationToken cancellationToken)
    {
        var run = runNumber.ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{options.Value.BaseUrl}?RUN={run}");
        using var answer = await OutsideAnswers.SendJsonAsync(http, request, Asked.Ebutz, cancellationToken);
        // [["349422","DECO"]]; an empty list when it knows nothing.
        if (answer.RootElement.ValueKind != JsonValueKind.Array) throw Unusable("its answer is no list");
        if (answer.RootElement.GetArrayLength() == 0) return null;
        if (answer.RootElement.GetArrayLength() > 1) throw Unusable($"it answered with several runs, asked for {run}");
        var pair = answer.RootElement[0];
        if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2) throw Unusable("its answer is no pair of run and mode");
        var answered = pair[0].ValueKind is JsonValueKind.String or JsonValueKind.Number ? pair[0].ToString() : "";
        if (answered != run) throw Unusable($"it answered about run “{Cut(answered)}” instead of {run}");
        return pair[1].ValueKind != JsonValueKind.String
            ? throw Unusable("its mode is no word")
            : pair[1].GetString() switch
            {
                "DECO" => ApvMode.Deconvolution,
                "PEAK" => ApvMode.Peak,
                var word => throw Unusable($"“{Cut(word!)}” is no read-out mode; it is DECO or PEAK"),
            };
    }

    private static OutsideServiceException Unusable(string why) => new(SourceContact.Ebutz, $"ebutz cannot be used: {why}.");

    private static string Cut(string text) => text.Length <= 20 ? text : text[..20] + "…";
}
