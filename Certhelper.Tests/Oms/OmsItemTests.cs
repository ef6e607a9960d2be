using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;

namespace Certhelper.Tests.Oms;

public sealed class OmsItemTests
{
    [Fact]
    public void Numbers_come_in_several_clothes()
    {
        var item = Read("""{"a":7224070.0,"b":7224070,"c":"7224070","d":null,"e":1e400,"f":12.5,"g":true,"h":99999999999}""");

        Assert.Equal([7224070, 7224070, 7224070], [item.Int("a"), item.Int("b"), item.Int("c")]);
        Assert.All(["d", "e", "f", "g", "h", "absent"], name => Assert.Null(item.Int(name)));
        Assert.Equal(12.5, item.Double("f"));
    }

    [Fact]
    public void Components_are_a_list_or_text_with_commas()
    {
        var item = Read("""{"list":["PIXEL","TRACKER",null,3],"text":"PIXEL, TRACKER","repr":"['PIXEL', 'TRACKER']","none":null}""");

        Assert.All(["list", "text", "repr"], name => Assert.Equal(["PIXEL", "TRACKER"], item.Words(name)!));
        Assert.Null(item.Words("none"));
        Assert.Null(item.Words("absent"));
    }

    [Theory]
    [InlineData("2017-06-16T20:50:33Z")]
    [InlineData("2017-06-16 20:50:33")]
    [InlineData("2017-06-16T22:50:33+02:00")]
    public void Times_are_UTC(string text)
    {
        var time = Read(new JsonObject { ["t"] = text }.ToJsonString()).Time("t");

        Assert.Equal(new DateTimeOffset(2017, 6, 16, 20, 50, 33, TimeSpan.Zero), time);
        Assert.Equal(TimeSpan.Zero, time!.Value.Offset);
    }

    [Fact]
    public void Text_is_made_to_fit_its_column()
    {
        var item = Read(new JsonObject { ["long"] = new string('x', 2000), ["nul"] = "a\0b", ["blank"] = "  " }.ToJsonString());

        Assert.Equal(500, item.Text("long")!.Length);
        Assert.Equal("ab", item.Text("nul"));
        Assert.Null(item.Text("blank"));
        Assert.DoesNotContain("u0000", item.Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_recorded_run_297050_is_read_whole()
    {
        using var json = System.Text.Json.JsonDocument.Parse(SharedData.Read("oms/runs-297050-1.json"));
        var item = OmsItem.From(json.RootElement.GetProperty("data")[0])!.Value;
        var run = new Run { RunNumber = 297050 };

        OmsFacts.Apply(run, item, null, DateTimeOffset.UnixEpoch);

        Assert.Equal((RunType.Collisions, 5839, 793, 18444), (run.Type, run.FillNumber, run.Lumisections, run.DurationSeconds));
        Assert.Equal((103.19148046875, 106.14806640625), (run.RecordedLumiInvPb, run.DeliveredLumiInvPb));
        Assert.Equal((6885.2021484375, 5031.49072265625), (run.InitLumiE30, run.EndLumiE30));
        Assert.Equal((3.799, 6499.0), (run.BFieldTesla, run.EnergyGev));
        Assert.Equal(17, run.Components.Count);
        Assert.Equal(["CASTOR"], run.ComponentsOut);
        Assert.Equal(new DateTimeOffset(2017, 6, 16, 21, 13, 57, TimeSpan.Zero), run.OmsLastUpdate);
    }

    [Theory]
    [InlineData("runregistry/run-355555.json", RunType.Cosmics)]
    [InlineData("runregistry/run-355556.json", RunType.Cosmics)]
    public void The_recorded_runs_of_2022_have_the_right_type(string file, RunType expected)
    {
        var recorded = JsonNode.Parse(SharedData.Read(file))!;
        var run = new Run { RunNumber = (int)recorded["run_number"]! };

        OmsFacts.Apply(run, Read(recorded["oms_attributes"]!.ToJsonString()), null, DateTimeOffset.UnixEpoch);

        Assert.Equal((expected, 7968), (run.Type, run.FillNumber));
        Assert.Contains("TRACKER", run.Components);
    }

    [Fact]
    public void The_recorded_running_cosmics_run_has_no_end_and_no_luminosity()
    {
        var run = new Run { RunNumber = 334614 };

        OmsFacts.Apply(run, Read(SharedData.Read("runregistry/oms_attributes_334614_ongoing_cosmics.json")), 504, DateTimeOffset.UnixEpoch);

        Assert.Equal((RunType.Cosmics, 504), (run.Type, run.Lumisections));
        Assert.Null(run.EndTime);
        Assert.Null(run.DurationSeconds);
        Assert.Null(run.RecordedLumiInvPb);
    }

    private static OmsItem Read(string attributes) => OmsJson.Read(new JsonObject { ["attributes"] = JsonNode.Parse(attributes) });
}
