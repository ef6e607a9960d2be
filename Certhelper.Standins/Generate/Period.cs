using System.Globalization;

namespace Certhelper.Standins.Generate;

/// <summary>What depends on when a run was taken: era, software, keys and the names that the Run Registry gives to its datasets.</summary>
internal static class Period
{
    private static readonly (int FirstRun, string Era)[] Eras =
    [
        (297020, "2017B"), (314472, "Commissioning2018"), (315252, "2018A"), (316998, "2018B"), (319313, "2018C"), (320394, "2018D"),
        (325274, "Commissioning2018"), (326381, "HIRun2018A"), (347687, "Commissioning2022"), (349840, "TransferTest2022"),
        (351003, "Commissioning2022"), (352499, "2022A"), (355100, "2022B"), (355862, "2022C"), (357538, "2022D"),
        (366403, "2023B"), (367080, "2023C"), (369803, "2023D"), (373710, "HIRun2023A"), (378142, "2024B"), (386478, "2024I"),
    ];

    // A cosmics run that the registry counted as commissioning.
    private const int Commissioning = 348409;

    public static string Era(int run) => Eras.Last(era => era.FirstRun <= run).Era;

    public static int Year(int run) => run switch
    {
        < 312000 => 2017,
        < 330000 => 2018,
        < 334000 => 2019,
        < 347000 => 2020,
        < 363000 => 2022,
        < 377000 => 2023,
        _ => 2024,
    };

    public static string Cmssw(int run) => Year(run) switch
    {
        2017 => "CMSSW_9_2_3_patch2",
        2018 => run > 326000 ? "CMSSW_10_3_1_patch2" : "CMSSW_10_1_9_patch1",
        2019 or 2020 => "CMSSW_10_6_8_patch1",
        2022 => "CMSSW_12_3_7",
        2023 => run > 373000 ? "CMSSW_13_2_6_patch2" : "CMSSW_13_0_9",
        _ => "CMSSW_14_0_15_patch1",
    };

    public static string L1Menu(int run) => Year(run) switch
    {
        2017 => "L1Menu_Collisions2017_dev_r5",
        2018 => run > 326000 ? "L1Menu_CollisionsHeavyIons2018_v4" : "L1Menu_Collisions2018_v2_1_0",
        2019 or 2020 => "L1Menu_Collisions2018_v2_1_0",
        2022 => "L1Menu_Collisions2022_v1_2_0",
        2023 => run > 373000 ? "L1Menu_CollisionsHeavyIons2023_v1_1_5" : "L1Menu_Collisions2023_v1_2_0",
        _ => "L1Menu_Collisions2024_v1_3_0",
    };

    /// <summary>Mode of trigger and configuration: collisions2018, cosmics2022, …</summary>
    public static string Mode(int run, bool cosmics, bool ions) =>
        string.Create(CultureInfo.InvariantCulture, $"{(cosmics ? "cosmics" : ions ? "collisionsHI" : "collisions")}{Year(run)}");

    public static string HltKey(int run, bool cosmics, bool ions, bool special) => (Year(run), cosmics, ions) switch
    {
        (2018, true, _) => "/cdaq/cosmic/commissioning2018/CRAFT/v1.2/HLT/V2",
        (var year, true, _) => string.Create(CultureInfo.InvariantCulture, $"/cdaq/cosmic/commissioning{year}/CRAFT/v3.4/HLT/V2"),
        (2018, _, true) => "/cdaq/physics/Run2018HI/v2.0.0/HLT/V10",
        (_, _, true) => "/cdaq/physics/Run2023HI/v1.1.4/HLT/V1",
        (2017, _, _) => "/cdaq/physics/Run2017/2e34/v2.1.0/HLT/V3",
        (2018, _, _) => special ? "/cdaq/special/2018/LowPU/v1.0.2/HLT/V3" : "/cdaq/physics/Run2018/2e34/v3.5.0/HLT/V2",
        (2022, _, _) => special ? "/cdaq/special/2022/LumiScan/v1.0.0/HLT/V2" : "/cdaq/physics/Run2022/2e34/v1.2.1/HLT/V1",
        (2023, _, _) => "/cdaq/physics/Run2023/2e34/v1.2.3/HLT/V2",
        _ => "/cdaq/physics/Run2024/2e34/v1.4.5/HLT/V1",
    };

    public static string Components(int run)
    {
        const string runTwo = "CSC,CTPPS,CTPPS_TOT,DAQ,DCS,DQM,DT,ECAL,ES,HCAL,PIXEL,RPC,SCAL,TCDS,TRACKER,TRG";
        const string runThree = "CSC,CTPPS,CTPPS_TOT,DAQ,DCS,DQM,DT,ECAL,ES,GEM,HCAL,L1SCOUT,PIXEL,RPC,TCDS,TRACKER,TRG";
        return Year(run) < 2022 ? runTwo : runThree;
    }

    /// <summary>The Run Registry's class: Collisions18, Cosmics22.</summary>
    public static string Class(int run, bool cosmics) => (run == Commissioning ? "Commissioning" : cosmics ? "Cosmics" : "Collisions") + TwoDigits(run);

    public static string Express(int run, bool cosmics, bool ions) => $"/Express/{Kind(run, cosmics, ions)}{FourDigits(run)}/DQM";

    public static string Prompt(int run, bool cosmics, bool ions)
    {
        var era = Era(run);
        var letter = char.IsLetter(era[^1]) ? era[^1..] : "";
        // Cosmics have carried two digits since 2016.
        return $"/PromptReco/{Kind(run, cosmics, ions)}{(cosmics && run != Commissioning ? TwoDigits(run) : FourDigits(run))}{letter}/DQM";
    }

    /// <summary>The processing in which the DQM GUI shows the dataset: /ZeroBias/Run2018D-PromptReco-v2/DQMIO.</summary>
    public static string InGui(int run, bool express, bool cosmics, bool ions)
    {
        var era = Era(run);
        var full = char.IsDigit(era[0]) ? $"Run{era}" : era;
        return (express, cosmics, ions) switch
        {
            (true, true, _) => $"/StreamExpressCosmics/{full}-Express-v1/DQMIO",
            (true, _, true) => $"/StreamHIExpress/{full}-Express-v1/DQMIO",
            (true, _, _) => $"/StreamExpress/{full}-Express-v1/DQMIO",
            (_, true, _) => $"/Cosmics/{full}-PromptReco-v1/DQMIO",
            (_, _, true) => $"/HIMinimumBias0/{full}-PromptReco-v1/DQMIO",
            _ => $"/ZeroBias/{full}-PromptReco-v2/DQMIO",
        };
    }

    private static string Kind(int run, bool cosmics, bool ions) =>
        run == Commissioning ? "Commissioning" : (ions ? "HI" : "") + (cosmics ? "Cosmics" : "Collisions");

    private static string FourDigits(int run) => Year(run).ToString(CultureInfo.InvariantCulture);

    private static string TwoDigits(int run) => (Year(run) % 100).ToString("00", CultureInfo.InvariantCulture);
}
