using Certhelper.Core.Runs;

namespace Certhelper.Tests.Runs;

public sealed class TypedFactsTests
{
    [Fact]
    public void Facts_of_a_real_run_are_accepted() => Assert.Empty(new TypedFacts(
        RunType.Collisions, 5960, 3.801, 6499, 342, 38.566, 40.870, "2017B", InitLumiE30: 10432.919, EndLumiE30: 9695.004).Check());

    [Fact]
    public void Nothing_typed_is_nothing_wrong() => Assert.Empty(new TypedFacts().Check());

    [Theory]
    [InlineData(nameof(TypedFacts.BFieldTesla), 38.0)]
    [InlineData(nameof(TypedFacts.BFieldTesla), -0.1)]
    [InlineData(nameof(TypedFacts.BFieldTesla), double.NaN)]
    [InlineData(nameof(TypedFacts.EnergyGev), 65000.0)]
    [InlineData(nameof(TypedFacts.RecordedLumiInvPb), -1.0)]
    [InlineData(nameof(TypedFacts.DeliveredLumiInvPb), double.PositiveInfinity)]
    public void A_number_that_no_run_has_is_named(string field, double value)
    {
        var facts = field switch
        {
            nameof(TypedFacts.BFieldTesla) => new TypedFacts(BFieldTesla: value),
            nameof(TypedFacts.EnergyGev) => new TypedFacts(EnergyGev: value),
            nameof(TypedFacts.RecordedLumiInvPb) => new TypedFacts(RecordedLumiInvPb: value),
            _ => new TypedFacts(DeliveredLumiInvPb: value),
        };

        var error = Assert.Single(facts.Check());

        Assert.Equal(field, error.Field);
    }

    [Fact]
    public void A_fill_has_facts_of_its_own_and_they_are_checked()
    {
        var facts = new TypedFacts(FillPeakPileup: 900, FillBunchesColliding: 4_000);

        Assert.True(facts.HasFillFacts);
        Assert.False(new TypedFacts(FillNumber: 5960).HasFillFacts);
        Assert.Equal([nameof(facts.FillPeakPileup), nameof(facts.FillBunchesColliding)], facts.Check().Select(error => error.Field));
    }

    [Fact]
    public void More_recorded_than_delivered_is_a_slip()
    {
        var error = Assert.Single(new TypedFacts(RecordedLumiInvPb: 40.87, DeliveredLumiInvPb: 38.566).Check());

        Assert.Equal(nameof(TypedFacts.RecordedLumiInvPb), error.Field);
    }
}
