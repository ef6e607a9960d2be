using System.Globalization;
using Certhelper.Standins.Oms;

namespace Certhelper.Standins.Facts;

/// <summary>A collisions run that was going on when the process started: it grows with the clock, and ends after half a day.</summary>
internal sealed class OngoingRun(DateTimeOffset processStart)
{
    public const int RunNumber = 401_700;
    public const int FillNumber = 11_450;
    public const double LumisectionSeconds = 23.31;

    public const decimal LumiPerLumisection = 0.46m; // inverse picobarn
    private const decimal PeakLumi = 2.05m; // 10^34 per square centimetre and second

    private static readonly TimeSpan Length = TimeSpan.FromHours(12);

    // As if it had begun before somebody looked.
    private readonly DateTimeOffset _start = processStart.AddMinutes(-40).AddTicks(-(processStart.Ticks % TimeSpan.TicksPerSecond));

    public TableRow Run(DateTimeOffset now)
    {
        var end = _start + Length;
        var over = now >= end;
        var seconds = ((over ? end : now) - _start).TotalSeconds;
        var lumisections = (int)(seconds / LumisectionSeconds);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["run_number"] = (decimal)RunNumber,
            ["fill_number"] = (decimal)FillNumber,
            ["sequence"] = "GLOBAL-RUN",
            ["start_time"] = Text(_start),
            ["end_time"] = over ? Text(end) : null,
            ["last_update"] = Text(over ? end : now),
            ["duration"] = over ? (decimal)(long)seconds : null,
            ["last_lumisection_number"] = over ? (decimal)lumisections : null,
            ["stable_beam"] = true,
            ["b_field"] = 3.8m,
            ["energy"] = 6799m,
            ["fill_type_runtime"] = "PROTONS",
            ["fill_type_party1"] = "PROTON",
            ["fill_type_party2"] = "PROTON",
            ["era"] = "2026A",
            ["delivered_lumi"] = lumisections * LumiPerLumisection,
            ["recorded_lumi"] = Math.Round(lumisections * LumiPerLumisection * 0.94m, 6),
            ["init_lumi"] = PeakLumi,
            ["end_lumi"] = over ? 1.4m : null,
            ["beamactive_total_deadtime"] = 2.4m,
            ["crossing_angle_start"] = 160m,
            ["crossing_angle_stop"] = over ? 160m : null,
            ["beta_star_start"] = 30m,
            ["beta_star_stop"] = over ? 30m : null,
            ["clock_type"] = "LHC",
            ["cmssw_version"] = "CMSSW_16_0_3",
            ["components"] = "CSC,CTPPS,CTPPS_TOT,DAQ,DCS,DQM,DT,ECAL,ES,GEM,HCAL,L1SCOUT,PIXEL,RPC,TCDS,TRACKER,TRG".Split(','),
            ["components_out"] = Array.Empty<string>(),
            ["l1_hlt_mode"] = "collisions2026",
            ["l1_hlt_mode_stripped"] = "collisions2026/v12",
            ["trigger_mode"] = "l1_hlt_collisions2026/v12",
            ["l1_key"] = "l1_trg_collisions2026/v9",
            ["l1_key_stripped"] = "collisions2026/v9",
            ["l1_menu"] = "L1Menu_Collisions2026_v1_0_0",
            ["hlt_key"] = "/cdaq/physics/Run2026/2e34/v1.0.1/HLT/V1",
            ["l1_rate"] = 93150.4m,
            ["l1_triggers_counter"] = null,
            ["hlt_physics_counter"] = Math.Floor((decimal)seconds * 1650m),
            ["hlt_physics_rate"] = 1650m,
            ["hlt_physics_size"] = null,
            ["hlt_physics_throughput"] = null,
            ["initial_prescale_index"] = 2m,
            ["tier0_transfer"] = true,
        };
        return new TableRow(RunNumber.ToString(CultureInfo.InvariantCulture), values, Units);
    }

    public TableRow Fill(DateTimeOffset now)
    {
        var run = Run(now);
        var begin = _start.AddMinutes(12);
        var values = OmsSchema.Fills.ToDictionary(field => field.Name, _ => (object?)null, StringComparer.Ordinal);
        values["fill_number"] = (decimal)FillNumber;
        values["start_time"] = Text(_start.AddHours(-2));
        values["end_time"] = run.Text("end_time");
        values["start_stable_beam"] = Text(begin);
        values["end_stable_beam"] = run.Text("end_time");
        values["stable_beams"] = true;
        // Until the beams are dumped OMS counts up to now.
        values["duration"] = (decimal)(long)Math.Max(0, ((run.Time("end_time") ?? now) - begin).TotalSeconds);
        values["delivered_lumi"] = run.Number("delivered_lumi");
        values["recorded_lumi"] = run.Number("recorded_lumi");
        values["init_lumi"] = values["peak_lumi"] = PeakLumi;
        values["peak_pileup"] = 62.8m;
        values["efficiency_lumi"] = 94m;
        values["bunches_beam1"] = values["bunches_beam2"] = 2352m;
        values["bunches_colliding"] = values["bunches_target"] = 2340m;
        values["energy"] = 6799.44m;
        values["b_field"] = 3.8m;
        values["era"] = "2026A";
        values["fill_type_party1"] = values["fill_type_party2"] = "PROTON";
        values["fill_type_runtime"] = "PROTONS";
        values["injection_scheme"] = "25ns_2352b_2340_2004_2133_108bpi_24inj";
        values["first_run_number"] = values["last_run_number"] = (decimal)RunNumber;
        return new TableRow(FillNumber.ToString(CultureInfo.InvariantCulture), values, Units);
    }

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["delivered_lumi"] = "pb^{-1}",
        ["recorded_lumi"] = "pb^{-1}",
        ["init_lumi"] = "10^{34}cm^{-2}s^{-1}",
        ["end_lumi"] = "10^{34}cm^{-2}s^{-1}",
        ["peak_lumi"] = "10^{34}cm^{-2}s^{-1}",
        ["crossing_angle_start"] = @"{\mu}rad",
        ["crossing_angle_stop"] = @"{\mu}rad",
        ["beta_star_start"] = "cm",
        ["beta_star_stop"] = "cm",
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
