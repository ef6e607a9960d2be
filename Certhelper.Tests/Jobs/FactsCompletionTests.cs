using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.Runs;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Jobs;

public sealed class FactsCompletionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certification_made_while_OMS_was_down_is_completed_and_the_persons_value_stays()
    {
        await using var house = await SourceHouse.CreateAsync();
        var id = await CertifyByHandAsync(house);
        var oms = new OmsStub(house.Source);
        oms.Run(299329, "2017-07-14T10:20:00Z");
        oms.Fill(5960);

        var first = await house.Get<FactsCompletion>().PassAsync(new Steps(), Token);
        var second = await house.Get<FactsCompletion>().PassAsync(new Steps(), Token);

        Assert.Equal("1 of 1 incomplete certifications completed.", first);
        Assert.Equal("0 of 0 incomplete certifications completed.", second);
        await using var db = house.Database.NewContext();
        var item = await db.Certifications.Include(row => row.Revisions).Include(row => row.RunReconstruction!.Run!.Fill).SingleAsync(Token);
        Assert.Equal((id, true), (item.Id, item.FactsComplete));
        Assert.Equal((38.0, 342), (item.RunReconstruction!.Run!.RecordedLumiInvPb, item.RunReconstruction.Run.Lumisections));
        var revision = item.Revisions.Single(row => row.Number == 2);
        Assert.Equal((RevisionKind.FactsCompleted, (int?)null), (revision.Kind, revision.ById));
        Assert.Contains(new FieldChange("Facts of the run", "incomplete", "from OMS"), revision.Changes);
        Assert.Contains(new FieldChange("Lumisections", null, "342"), revision.Changes);
        Assert.DoesNotContain(revision.Changes, change => change.Field == "Recorded");
    }

    [Fact]
    public async Task While_OMS_is_still_down_or_does_not_know_the_run_the_certification_stays_incomplete()
    {
        await using var house = await SourceHouse.CreateAsync();
        await CertifyByHandAsync(house);
        var oms = new OmsStub(house.Source) { Trouble = _ => 503 };

        await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<FactsCompletion>().PassAsync(new Steps(), Token));
        oms.Trouble = _ => null;
        var unknown = await house.Get<FactsCompletion>().PassAsync(new Steps(), Token);

        Assert.Equal("0 of 1 incomplete certifications completed.", unknown);
        await using var db = house.Database.NewContext();
        Assert.False((await db.Certifications.SingleAsync(Token)).FactsComplete);
        Assert.Equal(1, await db.CertificationRevisions.CountAsync(Token));
    }

    private static async Task<int> CertifyByHandAsync(SourceHouse house)
    {
        var sara = await house.PersonAsync("sara", "shifter");
        Assert.Empty(await house.Get<RunFactsDesk>().TypeByHandAsync(299329, new TypedFacts(Type: RunType.Collisions, RecordedLumiInvPb: 38.0), sara, Token));
        return Assert.IsType<SaveResult.Saved>(
            await house.Get<CertificationDesk>().CreateAsync(299329, Reconstruction.Express, house.GoodInput(), sara, Token)).Id;
    }
}
