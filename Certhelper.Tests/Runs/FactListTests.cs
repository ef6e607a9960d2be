using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.Runs;

public sealed class FactListTests
{
    private static readonly DateTimeOffset At = new(2024, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Facts_of_run_299329_are_shown_with_units_and_origin()
    {
        var run = new Run { RunNumber = 299329, Fill = new Fill { FillNumber = 5960 } };
        OmsFacts.Apply(run, OmsJson.Read(OmsJson.Run299329()), null, At);
        OmsFacts.Apply(run.Fill, OmsJson.Read(OmsJson.Fill5960()), At);

        var facts = FactList.Of(run).ToDictionary(fact => fact.Key);

        Assert.Equal("Collisions", facts["Type"].Value);
        Assert.Equal("38.6 pb⁻¹", facts["RecordedLumiInvPb"].Value);
        Assert.Equal("38.566 pb⁻¹", facts["RecordedLumiInvPb"].Exact);
        Assert.Equal("3.801 T", facts["BFieldTesla"].Value);
        Assert.Equal("6,499 GeV", facts["EnergyGev"].Value);
        Assert.Equal("342", facts["Lumisections"].Value);
        Assert.Equal("2 h 13 min", facts["DurationSeconds"].Value);
        Assert.Equal("PIXEL, TRACKER, TRG", facts["Components"].Value);
        Assert.Equal("1.04 ×10³⁴ cm⁻²s⁻¹", facts["InitLumiE30"].Value);
        Assert.Equal("10432.919 ×10³⁰ cm⁻²s⁻¹", facts["InitLumiE30"].Exact);
        Assert.Equal("39.937", facts["Fill.PeakPileup"].Value);
        Assert.Equal(new FactOrigin(FactSource.Oms, At), facts["HltKey"].Origin);
        Assert.Equal(["Run", "Beam", "Luminosity", "Trigger"], FactList.Of(run).Select(fact => fact.Group).Distinct());
    }

    [Fact]
    public void A_run_that_nobody_knows_shows_unknown_everywhere() =>
        Assert.All(FactList.Of(new Run { RunNumber = 355555 }), fact => Assert.Equal((FactList.Unknown, (FactOrigin?)null), (fact.Value, fact.Origin)));
}
