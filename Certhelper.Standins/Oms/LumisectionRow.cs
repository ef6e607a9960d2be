using System.Globalization;
using Certhelper.Standins.Facts;

namespace Certhelper.Standins.Oms;

/// <summary>
/// A lumisection computed from its run: luminosity falls evenly from the run's begin to its end, and delivered and
/// recorded are running totals of the fill, as in OMS.
/// </summary>
internal sealed class LumisectionRow(LumisectionRow.Frame frame, int number) : OmsRow
{
    private const string ReadySuffix = "_ready";

    private static readonly string[] NeverReady = ["castor_ready", "zdc_ready", "hbhec_ready"];

    /// <summary>What the lumisections of a run have in common.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="StableFrom">Begin of stable beams; null when the run saw none.</param>
    /// <param name="DeliveredBefore">What the fill had delivered before the run.</param>
    /// <param name="RecordedBefore">What was recorded of it before the run.</param>
    /// <param name="PeakPileup">Of the fill.</param>
    /// <param name="Count">Number of lumisections of the run.</param>
    internal sealed record Frame(OmsRow Run, DateTimeOffset? StableFrom, decimal DeliveredBefore, decimal RecordedBefore, decimal? PeakPileup, int Count)
    {
        public DateTimeOffset Start { get; } = Run.Time("start_time")!.Value;

        public HashSet<string> Components { get; } = Run.Get("components") is string[] list ? [.. list] : [];

        public int FirstStable => StableFrom is { } begin
            ? Math.Clamp((int)Math.Ceiling((begin - Start).TotalSeconds / OngoingRun.LumisectionSeconds) + 1, 1, Math.Max(1, Count))
            : int.MaxValue;
    }

    private bool Stable => number >= frame.FirstStable;

    public override string Id => string.Create(CultureInfo.InvariantCulture, $"{frame.Run.Id}_{number}");

    public override IEnumerable<string> Attributes => OmsSchema.Lumisections.Select(known => known.Name);

    public override string? Unit(string attribute) => attribute switch
    {
        "delivered_lumi" or "delivered_lumi_per_lumisection" => frame.Run.Unit("delivered_lumi"),
        "recorded_lumi" or "recorded_lumi_per_lumisection" => frame.Run.Unit("recorded_lumi"),
        "init_lumi" or "end_lumi" => frame.Run.Unit("init_lumi"),
        _ => null,
    };

    public override bool TryGet(string attribute, out object? value)
    {
        value = attribute switch
        {
            "run_number" => frame.Run.Get("run_number"),
            "fill_number" => frame.Run.Get("fill_number"),
            "lumisection_number" => (decimal)number,
            "start_time" => Moment(number - 1),
            "end_time" => Moment(number),
            "init_lumi" => Instant(number - 1),
            "end_lumi" => number == frame.Count ? frame.Run.Number("init_lumi") is null ? null : 0.0m : Instant(number),
            "delivered_lumi" => Total("delivered_lumi", frame.DeliveredBefore, number),
            "recorded_lumi" => Total("recorded_lumi", frame.RecordedBefore, number),
            "delivered_lumi_per_lumisection" => Step("delivered_lumi"),
            "recorded_lumi_per_lumisection" => Step("recorded_lumi"),
            "pileup" => Stable && frame.PeakPileup is { } peak ? Math.Round(peak * (1 - (0.4m * Fraction(number))), 6) : 0.0m,
            "prescale_index" => frame.Run.Get("initial_prescale_index"),
            "prescale_name" => frame.Run.Text("clock_type") == "LOCAL" ? "Cosmics" : "2.0e34",
            "beams_stable" or "beam1_stable" or "beam2_stable" => Stable,
            "beam_present" or "beam1_present" or "beam2_present" => frame.Run.Text("clock_type") == "LHC",
            "cms_active" => true,
            "physics_flag" => Stable && frame.Run.Number("recorded_lumi") > 0,
            _ when attribute.EndsWith(ReadySuffix, StringComparison.Ordinal) => Ready(attribute),
            _ => null,
        };
        return true;
    }

    private bool? Ready(string flag)
    {
        if (NeverReady.Contains(flag)) return false;
        // Detectors that did not exist yet, or do not report.
        if (flag.StartsWith("rp_", StringComparison.Ordinal) || (flag.StartsWith("gem", StringComparison.Ordinal) && !frame.Components.Contains("GEM"))) return null;
        var subsystem = flag switch
        {
            "bpix_ready" or "fpix_ready" => "PIXEL",
            "tibtid_ready" or "tob_ready" or "tecp_ready" or "tecm_ready" => "TRACKER",
            "ebp_ready" or "ebm_ready" or "eep_ready" or "eem_ready" => "ECAL",
            "esp_ready" or "esm_ready" => "ES",
            "hbhea_ready" or "hbheb_ready" or "hf_ready" or "ho_ready" => "HCAL",
            "dt0_ready" or "dtp_ready" or "dtm_ready" => "DT",
            "cscp_ready" or "cscm_ready" => "CSC",
            "rpc_ready" => "RPC",
            _ => "GEM",
        };
        // The tracker gets its high voltage when beams are stable, or when there are none.
        var powered = subsystem is not ("PIXEL" or "TRACKER") || Stable || frame.Run.Text("clock_type") == "LOCAL";
        return powered && frame.Components.Contains(subsystem);
    }

    private decimal? Instant(int after) => frame.Run.Number("init_lumi") is { } first
        ? Stable ? Math.Round(first + (((frame.Run.Number("end_lumi") ?? first) - first) * Fraction(after)), 6) : 0.0m
        : null;

    private decimal? Total(string attribute, decimal before, int upTo) =>
        frame.Run.Number(attribute) is { } total ? Math.Round(before + (total * Share(upTo)), 6) : null;

    private decimal? Step(string attribute) =>
        frame.Run.Number(attribute) is { } total ? Math.Round(total * (Share(number) - Share(number - 1)), 6) : null;

    // Part of the run's luminosity up to and with this lumisection: the integral of a straight line from begin to end.
    private decimal Share(int upTo)
    {
        var x = Fraction(upTo);
        if (x <= 0) return 0;
        var first = frame.Run.Number("init_lumi") ?? 0;
        var last = frame.Run.Number("end_lumi") ?? first;
        return first + last <= 0 ? x : x * ((2 * first) + ((last - first) * x)) / (first + last);
    }

    private decimal Fraction(int upTo)
    {
        if (frame.StableFrom is null) return 0;
        var count = frame.Count - frame.FirstStable + 1;
        return count <= 0 ? 0 : Math.Clamp((decimal)(upTo - frame.FirstStable + 1) / count, 0, 1);
    }

    private string Moment(int lumisections) => frame.Start.AddSeconds(lumisections * OngoingRun.LumisectionSeconds)
        .UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
