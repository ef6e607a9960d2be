using Certhelper.Core.Certification;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.References;

public sealed class ReferenceDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>D-21: a component with low statistics kept a good run from becoming a reference.</summary>
    [Fact]
    public async Task Good_by_low_statistics_is_good_enough_for_a_reference()
    {
        await using var house = await SourceHouse.CreateAsync();
        var lena = await house.PersonAsync("lena", "shiftleader");
        var id = await CertifyAsync(house, 321123, house.GoodInput() with { Pixel = ComponentVerdict.Excluded, PixelLowStatistics = true });

        Assert.IsType<ReferenceResult.Done>(await house.Get<ReferenceDesk>().PromoteAsync(id, lena, Token));
        Assert.IsType<ReferenceResult.AlreadyReference>(await house.Get<ReferenceDesk>().PromoteAsync(id, lena, Token));
    }

    [Fact]
    public async Task A_bad_run_and_a_shifter_make_no_reference()
    {
        await using var house = await SourceHouse.CreateAsync();
        var bad = await CertifyAsync(house, 321123, house.GoodInput() with { Tracking = ComponentVerdict.Excluded });
        var good = await CertifyAsync(house, 321124, house.GoodInput());

        Assert.IsType<ReferenceResult.Refused>(await house.Get<ReferenceDesk>().PromoteAsync(bad, await house.PersonAsync("lena", "shiftleader"), Token));
        Assert.IsType<ReferenceResult.Refused>(await house.Get<ReferenceDesk>().PromoteAsync(good, await house.PersonAsync("tomas", "shifter"), Token));
    }

    [Fact]
    public async Task Retiring_needs_a_reason_and_touches_no_certification_that_used_it()
    {
        await using var house = await SourceHouse.CreateAsync();
        var lena = await house.PersonAsync("lena", "shiftleader");
        var promoted = (ReferenceResult.Done)await house.Get<ReferenceDesk>()
            .PromoteAsync(await CertifyAsync(house, 321123, house.GoodInput()), lena, Token);
        var user = await CertifyAsync(house, 321124, house.GoodInput() with { ReferenceId = promoted.ReferenceId });
        await using var db = house.Database.NewContext();
        var version = await db.References.Select(row => row.Version).SingleAsync(Token);

        Assert.IsType<ReferenceResult.Refused>(await house.Get<ReferenceDesk>().RetireAsync(promoted.ReferenceId, version, " ", lena, Token));
        Assert.IsType<ReferenceResult.Conflict>(await house.Get<ReferenceDesk>().RetireAsync(promoted.ReferenceId, version + 1, "old", lena, Token));
        Assert.IsType<ReferenceResult.Done>(await house.Get<ReferenceDesk>().RetireAsync(promoted.ReferenceId, version, "old", lena, Token));

        Assert.Equal(promoted.ReferenceId, await db.Certifications.Where(row => row.Id == user).Select(row => row.ReferenceId).SingleAsync(Token));
        var late = await house.Get<CertificationDesk>().CreateAsync(
            321125, Reconstruction.Express, house.GoodInput() with { ReferenceId = promoted.ReferenceId }, await house.PersonAsync("sara", "shifter"), Token);
        Assert.Equal("ReferenceId", Assert.Single(Assert.IsType<SaveResult.Invalid>(late).Errors).Field);
    }

    private static async Task<int> CertifyAsync(SourceHouse house, int run, CertificationInput input)
    {
        var sara = await house.PersonAsync("sara", "shifter");
        return Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(run, Reconstruction.Express, input, sara, Token)).Id;
    }
}
