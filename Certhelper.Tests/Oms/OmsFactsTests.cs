using System.Text.Json.Nodes;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;

namespace Certhelper.Tests.Oms;

public sealed class OmsFactsTests
{
    private static readonly DateTimeOffset At = new(2024, 6, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Units_are_taken_from_each_row()
    {
        var run = new Run { RunNumber = 355419 };

        OmsFacts.Apply(
            run,
            OmsJson.Read(OmsJson.Item(
                "runs",
                new JsonObject { ["recorded_lumi"] = 523000.0, ["delivered_lumi"] = 0.6, ["init_lumi"] = 1.7, ["end_lumi"] = 2800, ["energy"] = 6.8 },
                ("recorded_lumi", "{\\mu}b^{-1}"),
                ("delivered_lumi", "pb^{-1}"),
                ("end_lumi", "10^{27}cm^{-2}s^{-1}"),
                ("energy", "TeV"))),
            null,
            At);

        Assert.Equal((0.523, 0.6), (run.RecordedLumiInvPb, run.DeliveredLumiInvPb));
        Assert.Equal((17000.0, 2.8), (run.InitLumiE30, run.EndLumiE30));
        Assert.Equal(6800, run.EnergyGev);
    }

    [Fact]
    public void A_unit_that_nobody_knows_leaves_the_fact_unknown_instead_of_wrong()
    {
        var run = new Run { RunNumber = 1, BFieldTesla = 3.8 };

        OmsFacts.Apply(
            run,
            OmsJson.Read(OmsJson.Item(
                "runs",
                new JsonObject { ["b_field"] = 38000, ["recorded_lumi"] = 5 },
                ("b_field", "gauss"),
                ("recorded_lumi", "zb^{-1}"))),
            null,
            At);

        Assert.Null(run.BFieldTesla);
        Assert.Null(run.RecordedLumiInvPb);
    }

    [Fact]
    public void An_attribute_that_is_not_mentioned_leaves_the_fact_and_its_origin()
    {
        var run = new Run { RunNumber = 299329 };
        OmsFacts.Apply(run, OmsJson.Read(OmsJson.Run299329()), null, At);

        OmsFacts.Apply(run, OmsJson.Read(OmsJson.Item("runs", new JsonObject { ["era"] = "2017C" })), null, At.AddHours(1));

        Assert.Equal(("2017C", 38.566, RunType.Collisions), (run.Era, run.RecordedLumiInvPb, run.Type));
        Assert.Equal(At, run.Origins[nameof(run.RecordedLumiInvPb)].At);
        Assert.Equal(At.AddHours(1), run.Origins[nameof(run.Era)].At);
    }

    [Fact]
    public void A_row_without_fill_key_and_units_is_a_cosmics_run_without_luminosity()
    {
        var run = new Run { RunNumber = 315269 };
        var row = OmsJson.Read(new JsonObject
        {
            ["attributes"] = new JsonObject
            {
                ["run_number"] = 315269,
                ["fill_number"] = null,
                ["hlt_key"] = null,
                ["stable_beam"] = false,
                ["recorded_lumi"] = null,
                ["end_time"] = null,
                ["components"] = "PIXEL,TRACKER",
            },
        });

        OmsFacts.Apply(run, row, 0, At);

        Assert.Equal((RunType.Cosmics, (int?)null, 0), (run.Type, run.FillNumber, run.Lumisections));
        Assert.Null(run.RecordedLumiInvPb);
        Assert.Equal(["PIXEL", "TRACKER"], run.Components);
        Assert.True(run.FactsAreComplete);
    }

    [Fact]
    public void Negative_colliding_bunches_are_as_good_as_none()
    {
        var fill = new Fill { FillNumber = 7044 };

        OmsFacts.Apply(fill, OmsJson.Read(OmsJson.Item("fills", new JsonObject { ["bunches_colliding"] = -1, ["bunches_beam1"] = 2556.0 })), At);

        Assert.Null(fill.BunchesColliding);
        Assert.Equal(2556, fill.BunchesBeam1);
    }

    [Fact]
    public void A_typed_value_stays_while_the_others_change()
    {
        var run = new Run { RunNumber = 299329, HltKey = "/cdaq/cosmic/typed", Type = RunType.Cosmics };
        run.Origins[nameof(run.HltKey)] = new FactOrigin(FactSource.Person, At, "sara");

        OmsFacts.Apply(run, OmsJson.Read(OmsJson.Run299329()), null, At.AddDays(1));

        Assert.Equal("/cdaq/cosmic/typed", run.HltKey);
        Assert.Equal(FactSource.Person, run.Origins[nameof(run.HltKey)].Source);
        Assert.Equal(RunType.Cosmics, run.Type);
        Assert.Equal(342, run.Lumisections);
    }
}
