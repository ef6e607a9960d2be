using Certhelper.Core.Runs;

namespace Certhelper.Core.Oms;

/// <summary>
/// What the attributes of OMS mean for our runs and fills. An attribute that the answer does not mention leaves the fact
/// as it is; one that is null is taken over as unknown.
/// </summary>
public static class OmsFacts
{
    /// <summary>Takes over a run's facts, each with its origin. Never what a person typed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="item">The item of <c>runs</c>.</param>
    /// <param name="lumisections">Answer of the lumisections themselves, when the item has no last number.</param>
    /// <param name="at">When OMS said it.</param>
    public static void Apply(Run run, OmsItem item, int? lumisections, DateTimeOffset at)
    {
        var book = new FactBook(run.Origins, new FactOrigin(FactSource.Oms, at));
        void Take<T>(string fact, string attribute, T value, Action<T> write)
        {
            if (item.Has(attribute)) book.Write(fact, value, write);
        }

        Take(nameof(run.FillNumber), "fill_number", item.Positive("fill_number"), v => run.FillNumber = v);
        Take(nameof(run.HltKey), "hlt_key", item.Text("hlt_key"), v => run.HltKey = v);
        Take(nameof(run.StableBeam), "stable_beam", item.Bool("stable_beam"), v => run.StableBeam = v);
        Take(nameof(run.StartTime), "start_time", item.Time("start_time"), v => run.StartTime = v);
        Take(nameof(run.EndTime), "end_time", item.Time("end_time"), v => run.EndTime = v);
        Take(nameof(run.DurationSeconds), "duration", item.Count("duration"), v => run.DurationSeconds = v);
        Take(nameof(run.BFieldTesla), "b_field", Tesla(item, "b_field"), v => run.BFieldTesla = v);
        Take(nameof(run.EnergyGev), "energy", Gev(item, "energy"), v => run.EnergyGev = v);
        Take(nameof(run.DeliveredLumiInvPb), "delivered_lumi", Integrated(item, "delivered_lumi"), v => run.DeliveredLumiInvPb = v);
        Take(nameof(run.RecordedLumiInvPb), "recorded_lumi", Integrated(item, "recorded_lumi"), v => run.RecordedLumiInvPb = v);
        Take(nameof(run.InitLumiE30), "init_lumi", Instantaneous(item, "init_lumi"), v => run.InitLumiE30 = v);
        Take(nameof(run.EndLumiE30), "end_lumi", Instantaneous(item, "end_lumi"), v => run.EndLumiE30 = v);
        Take(nameof(run.Era), "era", item.Text("era"), v => run.Era = v);
        Take(nameof(run.FillTypeRuntime), "fill_type_runtime", item.Text("fill_type_runtime"), v => run.FillTypeRuntime = v);
        Take(nameof(run.FillTypeParty1), "fill_type_party1", item.Text("fill_type_party1"), v => run.FillTypeParty1 = v);
        Take(nameof(run.FillTypeParty2), "fill_type_party2", item.Text("fill_type_party2"), v => run.FillTypeParty2 = v);
        Take(nameof(run.Sequence), "sequence", item.Text("sequence"), v => run.Sequence = v);
        Take(nameof(run.ClockType), "clock_type", item.Text("clock_type"), v => run.ClockType = v);
        Take(nameof(run.CmsswVersion), "cmssw_version", item.Text("cmssw_version"), v => run.CmsswVersion = v);
        Take(nameof(run.L1Key), "l1_key", item.Text("l1_key"), v => run.L1Key = v);
        Take(nameof(run.L1HltMode), "l1_hlt_mode", item.Text("l1_hlt_mode"), v => run.L1HltMode = v);
        Take(nameof(run.TriggerMode), "trigger_mode", item.Text("trigger_mode"), v => run.TriggerMode = v);
        Take(nameof(run.L1RateHz), "l1_rate", item.Double("l1_rate"), v => run.L1RateHz = v);
        Take(nameof(run.HltPhysicsRateHz), "hlt_physics_rate", item.Double("hlt_physics_rate"), v => run.HltPhysicsRateHz = v);
        Take(nameof(run.Components), "components", item.Words("components") ?? [], v => run.Components = v);
        Take(nameof(run.ComponentsOut), "components_out", item.Words("components_out") ?? [], v => run.ComponentsOut = v);
        if ((item.Count("last_lumisection_number") ?? lumisections) is { } last) book.Write(nameof(run.Lumisections), last, v => run.Lumisections = v);
        if (item.Has("hlt_key") || item.Has("stable_beam"))
            book.Write(nameof(run.Type), RunTypeRule.Of(run.HltKey, run.StableBeam), v => run.Type = v);
        run.OmsLastUpdate = item.Time("last_update") ?? run.OmsLastUpdate;
        run.FetchedAt = at;
    }

    /// <summary>Takes over a fill's facts, each with its origin. Never what a person typed.</summary>
    public static void Apply(Fill fill, OmsItem item, DateTimeOffset at)
    {
        var book = new FactBook(fill.Origins, new FactOrigin(FactSource.Oms, at));
        void Take<T>(string fact, string attribute, T value, Action<T> write)
        {
            if (item.Has(attribute)) book.Write(fact, value, write);
        }

        Take(nameof(fill.Era), "era", item.Text("era"), v => fill.Era = v);
        Take(nameof(fill.TypeRuntime), "fill_type_runtime", item.Text("fill_type_runtime"), v => fill.TypeRuntime = v);
        Take(nameof(fill.Party1), "fill_type_party1", item.Text("fill_type_party1"), v => fill.Party1 = v);
        Take(nameof(fill.Party2), "fill_type_party2", item.Text("fill_type_party2"), v => fill.Party2 = v);
        Take(nameof(fill.EnergyGev), "energy", Gev(item, "energy"), v => fill.EnergyGev = v);
        Take(nameof(fill.BFieldTesla), "b_field", Tesla(item, "b_field"), v => fill.BFieldTesla = v);
        Take(nameof(fill.BunchesColliding), "bunches_colliding", item.Count("bunches_colliding"), v => fill.BunchesColliding = v);
        Take(nameof(fill.BunchesBeam1), "bunches_beam1", item.Count("bunches_beam1"), v => fill.BunchesBeam1 = v);
        Take(nameof(fill.BunchesBeam2), "bunches_beam2", item.Count("bunches_beam2"), v => fill.BunchesBeam2 = v);
        Take(nameof(fill.BunchesTarget), "bunches_target", item.Count("bunches_target"), v => fill.BunchesTarget = v);
        Take(nameof(fill.InitLumiE30), "init_lumi", Instantaneous(item, "init_lumi"), v => fill.InitLumiE30 = v);
        Take(nameof(fill.PeakLumiE30), "peak_lumi", Instantaneous(item, "peak_lumi"), v => fill.PeakLumiE30 = v);
        Take(nameof(fill.PeakPileup), "peak_pileup", item.Double("peak_pileup"), v => fill.PeakPileup = v);
        Take(nameof(fill.DeliveredLumiInvPb), "delivered_lumi", Integrated(item, "delivered_lumi"), v => fill.DeliveredLumiInvPb = v);
        Take(nameof(fill.RecordedLumiInvPb), "recorded_lumi", Integrated(item, "recorded_lumi"), v => fill.RecordedLumiInvPb = v);
        Take(nameof(fill.InjectionScheme), "injection_scheme", item.Text("injection_scheme"), v => fill.InjectionScheme = v);
        Take(nameof(fill.StartTime), "start_time", item.Time("start_time"), v => fill.StartTime = v);
        Take(nameof(fill.EndTime), "end_time", item.Time("end_time"), v => fill.EndTime = v);
        Take(nameof(fill.StableBeamsFrom), "start_stable_beam", item.Time("start_stable_beam"), v => fill.StableBeamsFrom = v);
        Take(nameof(fill.StableBeamsTo), "end_stable_beam", item.Time("end_stable_beam"), v => fill.StableBeamsTo = v);
        fill.FetchedAt = at;
    }

    private static double? Integrated(OmsItem item, string name) => LuminosityUnits.ToInversePicobarn(item.Double(name), item.Unit(name));

    private static double? Instantaneous(OmsItem item, string name) =>
        LuminosityUnits.ToE30PerSquareCentimetreSecond(item.Double(name), item.Unit(name));

    // A unit that is not known leaves the fact unknown: a wrong number would be certified.
    private static double? Tesla(OmsItem item, string name) => item.Unit(name) is null or "" or "T" ? item.Double(name) : null;

    private static double? Gev(OmsItem item, string name) => item.Unit(name) switch
    {
        null or "" or "GeV" => item.Double(name),
        "TeV" => item.Double(name) * 1000,
        _ => null,
    };
}
