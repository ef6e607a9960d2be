using System.Text.Json;

namespace Certhelper.Tests.Standins;

public sealed class OngoingRunTests(FakeTimeServer fixture) : IClassFixture<FakeTimeServer>
{
    [Fact]
    public async Task The_ongoing_run_grows_with_the_clock_and_ends_after_half_a_day()
    {
        var early = (await RunAsync()).GetProperty("attributes");
        var earlyCount = await LumisectionsAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(30));
        var later = (await RunAsync()).GetProperty("attributes");
        var laterCount = await LumisectionsAsync();
        fixture.Time.Advance(TimeSpan.FromHours(12));
        var over = (await RunAsync()).GetProperty("attributes");

        foreach (var name in new[] { "end_time", "duration", "last_lumisection_number" })
        {
            Assert.Equal(JsonValueKind.Null, early.GetProperty(name).ValueKind);
            Assert.NotEqual(JsonValueKind.Null, over.GetProperty(name).ValueKind);
        }

        Assert.InRange(laterCount - earlyCount, 76, 78); // 30 minutes of 23.31 s
        Assert.True(later.GetProperty("recorded_lumi").GetDouble() > early.GetProperty("recorded_lumi").GetDouble());
        Assert.Equal(43200, over.GetProperty("duration").GetInt32());
    }

    private async Task<JsonElement> RunAsync() => (await fixture.Server.OmsAsync("/runs?filter[run_number]=401700")).GetProperty("data")[0];

    private async Task<int> LumisectionsAsync() =>
        (await fixture.Server.OmsAsync("/lumisections?filter[run_number]=401700&page[limit]=1")).GetProperty("meta").GetProperty("totalResourceCount").GetInt32();
}
