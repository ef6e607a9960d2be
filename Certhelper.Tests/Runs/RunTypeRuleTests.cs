using Certhelper.Core.Runs;

namespace Certhelper.Tests.Runs;

public sealed class RunTypeRuleTests
{
    [Theory]
    [InlineData("/cdaq/physics/Run2018/2e34/v1.1.0/HLT/V5", true, RunType.Collisions)]
    [InlineData("/cdaq/special/2018/LowPU/v1.0/HLT/V1", true, RunType.Collisions)]
    [InlineData("/cdaq/physics/Run2018/2e34/v1.1.0/HLT/V5", false, RunType.Cosmics)]
    [InlineData("/cdaq/physics/Run2018/2e34/v1.1.0/HLT/V5", null, RunType.Cosmics)]
    [InlineData("/cdaq/cosmic/commissioning2018/CRAFT/v1.2/HLT/V2", false, RunType.Cosmics)]
    [InlineData("/cdaq/cosmic/commissioning2018/CRAFT/v1.2/HLT/V2", true, RunType.Cosmics)]
    [InlineData("/cdaq/circulating/2022/v3.4/HLT/V3", false, RunType.Cosmics)]
    [InlineData("/cdaq/special/2019/MWGR1/CruzetForMWGR1/HLT/V9", false, RunType.Cosmics)]
    [InlineData(null, false, RunType.Cosmics)]
    [InlineData("", true, RunType.Cosmics)]
    public void Collisions_need_a_physics_or_special_key_and_stable_beams(string? hltKey, bool? stableBeam, RunType expected) =>
        Assert.Equal(expected, RunTypeRule.Of(hltKey, stableBeam));

    [Fact]
    public void A_run_of_which_nothing_is_known_is_undecided() => Assert.Null(RunTypeRule.Of(null, null));
}
