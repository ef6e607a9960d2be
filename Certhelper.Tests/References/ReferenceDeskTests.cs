using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.References;

public sealed class ReferenceDeskTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReferenceDesk Desk => house.Get<ReferenceDesk>();

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        lena = await house.PersonAsync("lena", "shiftleader");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_good_certification_becomes_a_reference_once()
    {
        var id = await CertifyAsync(house.GoodInput());

        var first = Assert.IsType<ReferenceResult.Done>(await Desk.PromoteAsync(id, lena, Token));
        var second = await Desk.PromoteAsync(id, lena, Token);

        Assert.Equal(new ReferenceResult.AlreadyReference(first.ReferenceId), second);
        var reference = await LoadAsync();
        Assert.Equal((lena.UserId, house.Time.GetUtcNow(), 321123), (reference.PromotedById, reference.PromotedAt, reference.RunReconstruction!.RunNumber));
    }

    [Fact]
    public async Task Low_statistics_counts_as_good_and_bad_is_refused()
    {
        var low = await CertifyAsync(house.GoodInput() with { Strip = ComponentVerdict.Excluded, StripLowStatistics = true }, 321124);
        var bad = await CertifyAsync(house.GoodInput() with { Tracking = ComponentVerdict.Excluded }, 321125);

        Assert.IsType<ReferenceResult.Done>(await Desk.PromoteAsync(low, lena, Token));
        Assert.Equal(new ReferenceResult.Refused("321125 express is certified as bad. Only a run that is certified as good can become a reference."), await Desk.PromoteAsync(bad, lena, Token));
    }

    [Fact]
    public async Task A_deleted_certification_cannot_be_promoted()
    {
        var id = await CertifyAsync(house.GoodInput());
        await using var db = house.Database.NewContext();
        await house.Get<CertificationDesk>().DeleteAsync(id, (await db.Certifications.SingleAsync(Token)).Version, null, lena, Token);

        Assert.IsType<ReferenceResult.NotFound>(await Desk.PromoteAsync(id, lena, Token));
    }

    [Fact]
    public async Task A_shifter_neither_promotes_nor_retires()
    {
        var id = await CertifyAsync(house.GoodInput());
        Assert.IsType<ReferenceResult.Refused>(await Desk.PromoteAsync(id, sara, Token));
        await Desk.PromoteAsync(id, lena, Token);
        var reference = await LoadAsync();

        Assert.IsType<ReferenceResult.Refused>(await Desk.RetireAsync(reference.Id, reference.Version, "no reason", sara, Token));
        Assert.Null((await LoadAsync()).RetiredAt);
    }

    [Fact]
    public async Task A_reference_is_retired_with_a_reason_and_can_be_promoted_again()
    {
        var id = await CertifyAsync(house.GoodInput());
        await Desk.PromoteAsync(id, lena, Token);
        var reference = await LoadAsync();

        Assert.IsType<ReferenceResult.Refused>(await Desk.RetireAsync(reference.Id, reference.Version, " ", lena, Token));
        Assert.Equal(new ReferenceResult.Done(reference.Id), await Desk.RetireAsync(reference.Id, reference.Version, "changed APV mode", lena, Token));
        var retired = await LoadAsync();
        Assert.Equal(("changed APV mode", lena.UserId), (retired.RetiredReason, retired.RetiredById));
        Assert.IsType<ReferenceResult.Refused>(await Desk.RetireAsync(reference.Id, retired.Version, "again", lena, Token));

        Assert.Equal(new ReferenceResult.Done(reference.Id), await Desk.PromoteAsync(id, lena, Token));
        Assert.Null((await LoadAsync()).RetiredAt);
    }

    [Fact]
    public async Task Retiring_what_changed_meanwhile_is_a_conflict()
    {
        await Desk.PromoteAsync(await CertifyAsync(house.GoodInput()), lena, Token);
        var reference = await LoadAsync();

        Assert.Equal(
            new ReferenceResult.Conflict(reference.Id), await Desk.RetireAsync(reference.Id, reference.Version + 1, "reason", lena, Token));
    }

    [Fact]
    public async Task Two_leaders_who_promote_at_once_make_one_reference()
    {
        var id = await CertifyAsync(house.GoodInput());

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Desk.PromoteAsync(id, lena, Token)));

        Assert.Single(results.OfType<ReferenceResult.Done>());
        Assert.Equal(5, results.OfType<ReferenceResult.AlreadyReference>().Count());
    }

    private async Task<int> CertifyAsync(CertificationInput input, int run = 321123) => Assert.IsType<SaveResult.Saved>(
        await house.Get<CertificationDesk>().CreateAsync(run, Reconstruction.Express, input, sara, Token)).Id;

    private async Task<Reference> LoadAsync()
    {
        await using var db = house.Database.NewContext();
        return await db.References.AsNoTracking().Include(reference => reference.RunReconstruction).SingleAsync(Token);
    }
}
