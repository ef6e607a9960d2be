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
    public async Task D21_low_statistics_counts_as_good_and_bad_is_refused()
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

    [Fact]
    public async Task D57_a_run_that_is_certified_as_bad_is_told_so_and_not_that_it_is_uncertified()
    {
        await CertifyAsync(house.GoodInput() with { Tracking = ComponentVerdict.Excluded });

        var bad = await Desk.PromoteRunAsync(321123, Reconstruction.Express, lena, Token);
        var uncertified = await Desk.PromoteRunAsync(321123, Reconstruction.Prompt, lena, Token);

        Assert.Equal(new ReferenceResult.Refused("321123 express is certified as bad. Only a run that is certified as good can become a reference."), bad);
        Assert.Equal(new ReferenceResult.Refused("321123 prompt is not certified yet. Certify it as good first."), uncertified);
    }

    [Fact]
    public async Task D58_an_unknown_run_is_refused_in_words_and_nothing_is_left_behind()
    {
        var unknown = await Desk.PromoteRunAsync(321199, Reconstruction.Express, lena, Token);
        var nonsense = await Desk.PromoteRunAsync(0, Reconstruction.Express, lena, Token);

        Assert.StartsWith("Run 321199 is not known here", Assert.IsType<ReferenceResult.Refused>(unknown).Reason, StringComparison.Ordinal);
        Assert.Equal(new ReferenceResult.Refused("A run number is between 1 and 999,999."), nonsense);
        await using var db = house.Database.NewContext();
        Assert.False(await db.Runs.AnyAsync(Token));
        Assert.False(await db.RunReconstructions.AnyAsync(Token));
        Assert.False(await db.References.AnyAsync(Token));
    }

    [Fact]
    public async Task D58_promoting_an_uncertified_reconstruction_makes_no_row_of_it()
    {
        await CertifyAsync(house.GoodInput());

        await Desk.PromoteRunAsync(321123, Reconstruction.ReReco, lena, Token);

        await using var db = house.Database.NewContext();
        Assert.Equal(Reconstruction.Express, (await db.RunReconstructions.SingleAsync(Token)).Reconstruction);
    }

    [Fact]
    public async Task A_run_is_promoted_by_number_and_reconstruction_by_leaders_only()
    {
        await CertifyAsync(house.GoodInput());

        Assert.IsType<ReferenceResult.Refused>(await Desk.PromoteRunAsync(321123, Reconstruction.Express, sara, Token));
        var done = Assert.IsType<ReferenceResult.Done>(await Desk.PromoteRunAsync(321123, Reconstruction.Express, lena, Token));
        Assert.Equal(new ReferenceResult.AlreadyReference(done.ReferenceId), await Desk.PromoteRunAsync(321123, Reconstruction.Express, lena, Token));
    }

    [Fact]
    public async Task D24_a_retired_reference_takes_no_certification_with_it()
    {
        await Desk.PromoteAsync(await CertifyAsync(house.GoodInput()), lena, Token);
        var reference = await LoadAsync();
        var user = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(
            321138, Reconstruction.Express, house.GoodInput() with { ReferenceId = reference.Id }, sara, Token)).Id;

        await Desk.RetireAsync(reference.Id, reference.Version, "newer one", lena, Token);

        await using var db = house.Database.NewContext();
        Assert.Equal(2, await db.Certifications.CountAsync(Token));
        Assert.Equal(reference.Id, (await db.Certifications.SingleAsync(item => item.Id == user, Token)).ReferenceId);
    }

    [Fact]
    public async Task What_a_reference_is_meant_for_is_kept_in_order_and_every_act_is_in_its_history()
    {
        await Desk.PromoteAsync(await CertifyAsync(house.GoodInput()), lena, Token);
        var reference = await LoadAsync();
        var wanted = new ReferenceValidity { RunTypes = [RunType.Collisions], Reconstructions = [Reconstruction.Prompt, Reconstruction.Express, Reconstruction.Online], Eras = [" 2018D ", "2018d", ""] };

        Assert.IsType<ReferenceResult.Refused>(await Desk.ChangeValidityAsync(reference.Id, reference.Version, wanted, null, sara, Token));
        Assert.IsType<ReferenceResult.Done>(await Desk.ChangeValidityAsync(reference.Id, reference.Version, wanted, "only 2018D", lena, Token));
        Assert.Equal(new ReferenceResult.Conflict(reference.Id), await Desk.ChangeValidityAsync(reference.Id, reference.Version, new(), null, lena, Token));
        var changed = await LoadAsync();
        Assert.IsType<ReferenceResult.Done>(await Desk.ChangeValidityAsync(changed.Id, changed.Version, changed.Validity, "the same", lena, Token));
        await Desk.RetireAsync(changed.Id, changed.Version, "newer one", lena, Token);

        Assert.Equal("collisions; express, prompt; era 2018D", changed.Validity.InWords());
        await using var db = house.Database.NewContext();
        var history = await db.ReferenceEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token);
        Assert.Equal(
            [(ReferenceAct.Promoted, null), (ReferenceAct.ValidityChanged, "only 2018D"), (ReferenceAct.Retired, "newer one")],
            history.Select(row => (row.Act, row.Why)));
        Assert.Equal("everything", history[0].Validity.InWords());
    }

    [Fact]
    public async Task Too_many_or_too_long_eras_are_refused()
    {
        await Desk.PromoteAsync(await CertifyAsync(house.GoodInput()), lena, Token);
        var reference = await LoadAsync();

        Assert.IsType<ReferenceResult.Refused>(await Desk.ChangeValidityAsync(reference.Id, reference.Version, new() { Eras = [new string('x', 41)] }, null, lena, Token));
        Assert.IsType<ReferenceResult.Refused>(
            await Desk.ChangeValidityAsync(reference.Id, reference.Version, new() { Eras = [.. Enumerable.Range(0, 21).Select(i => $"2018{i}")] }, null, lena, Token));
    }

    private async Task<int> CertifyAsync(CertificationInput input, int run = 321123) => Assert.IsType<SaveResult.Saved>(
        await house.Get<CertificationDesk>().CreateAsync(run, Reconstruction.Express, input, sara, Token)).Id;

    private async Task<Reference> LoadAsync()
    {
        await using var db = house.Database.NewContext();
        return await db.References.AsNoTracking().Include(reference => reference.RunReconstruction).SingleAsync(Token);
    }
}
