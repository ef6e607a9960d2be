using System.Diagnostics;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Tests that measure how long a page waits, and so run while nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}

/// <summary>A form waits 2 s for services outside, and works by hand then.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class OutsideServicesAwayTests(WebSite site) : IClassFixture<WebSite>
{
    private static readonly (string Name, string? Value)[] Good =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), .. GoodAnswers.Fields()];

    [Theory]
    [InlineData((int)Weather.Hangs)]
    [InlineData((int)Weather.Refuses)]
    public async Task With_OMS_away_a_run_is_certified_by_hand_and_marked_incomplete(int weather)
    {
        site.Outside.Weather = (Weather)weather;
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        // What the very first page costs is not what is measured here.
        await sara.GetAsync("/admin/permissions");
        var watch = Stopwatch.StartNew();

        var form = await sara.GetAsync($"/runs/{run}/prompt/certify");
        var waited = watch.Elapsed;
        var saved = await sara.PostAsync(
            $"/runs/{run}/prompt/certify",
            form.Fields("form.certify-form", [.. Good, ("Facts.Type", "Cosmics"), ("Facts.Lumisections", "120"), ("Facts.BFieldTesla", "3.8"), ("Input.DatasetName", "/Cosmics/Run2024-PromptReco/DQMIO")]));

        Assert.True(waited < TimeSpan.FromSeconds(4), $"The form took {waited.TotalSeconds:F1} s.");
        Assert.NotNull(form.Find("details.by-hand").GetAttribute("open"));
        Assert.Contains("Facts can be typed by hand", form.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, saved.Status);
        await using var db = site.Database.NewContext();
        var item = await db.Certifications.Include(row => row.RunReconstruction!.Run).SingleAsync(row => row.RunReconstruction!.RunNumber == run, TestContext.Current.CancellationToken);
        Assert.False(item.FactsComplete);
        Assert.Equal(RunType.Cosmics, item.RunReconstruction!.Run!.Type);
        Assert.Equal(FactSource.Person, item.RunReconstruction.Run.Origins[nameof(Run.Lumisections)].Source);
        Assert.Contains("its facts are completed when OMS answers", (await sara.GetAsync("/runs")).Toasts, StringComparison.Ordinal);
    }
}
