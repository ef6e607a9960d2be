using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

public sealed class CertificationDeskTests
{
    private const int Run = 321123;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_who_certify_at_once_one_wins_and_the_other_learns_who()
    {
        await using var house = await SourceHouse.CreateAsync();
        var people = new[] { await house.PersonAsync("sara", "shifter"), await house.PersonAsync("tomas", "shifter"), await house.PersonAsync("eva", "shifter") };

        var results = await Task.WhenAll(people.Select(person =>
            house.Get<CertificationDesk>().CreateAsync(Run, Reconstruction.Express, house.GoodInput(), person, Token)));

        var saved = Assert.Single(results.OfType<SaveResult.Saved>());
        Assert.All(results.OfType<SaveResult.AlreadyCertified>(), other => Assert.Equal(saved.Id, other.Id));
        Assert.Equal(2, results.OfType<SaveResult.AlreadyCertified>().Count());
        await using var db = house.Database.NewContext();
        Assert.Equal(1, await db.Certifications.CountAsync(Token));
        Assert.Equal(1, await db.CertificationRevisions.CountAsync(Token));
    }

    [Fact]
    public async Task A_guest_certifies_nothing()
    {
        await using var house = await SourceHouse.CreateAsync();
        var guest = await house.PersonAsync("gus");

        var result = await house.Get<CertificationDesk>().CreateAsync(Run, Reconstruction.Express, house.GoodInput(), guest, Token);

        Assert.Contains("shifter", Assert.IsType<SaveResult.Refused>(result).Reason, StringComparison.Ordinal);
        await using var db = house.Database.NewContext();
        Assert.False(await db.Runs.AnyAsync(Token));
    }

    [Fact]
    public async Task Each_change_appends_what_changed_by_whom_and_why()
    {
        await using var house = await SourceHouse.CreateAsync();
        var (id, sara) = await CertifiedAsync(house);
        var lena = await house.PersonAsync("lena", "shiftleader");
        var bad = house.GoodInput() with { Strip = ComponentVerdict.Bad, BadReasonId = await ReasonAsync(house) };

        var result = await house.Get<CertificationDesk>().EditAsync(id, await VersionAsync(house, id), bad, "TIB layer 1 was off", lena, Token);

        Assert.IsType<SaveResult.Saved>(result);
        await using var db = house.Database.NewContext();
        var revisions = await db.CertificationRevisions.OrderBy(row => row.Number).ToListAsync(Token);
        Assert.Equal([RevisionKind.Created, RevisionKind.Edited], revisions.Select(row => row.Kind));
        Assert.Equal((lena.UserId, "TIB layer 1 was off"), (revisions[1].ById!.Value, revisions[1].Why));
        Assert.Contains(revisions[1].Changes, change => change is { Field: "Strip", Old: "good", New: "bad" });
        Assert.Equal(sara.UserId, (await db.Certifications.SingleAsync(Token)).OwnerId);
    }

    [Fact]
    public async Task Saving_over_somebody_elses_change_is_a_conflict_that_shows_both()
    {
        await using var house = await SourceHouse.CreateAsync();
        var (id, sara) = await CertifiedAsync(house);
        var lena = await house.PersonAsync("lena", "shiftleader");
        var version = await VersionAsync(house, id);
        await house.Get<CertificationDesk>().EditAsync(id, version, house.GoodInput() with { Comment = "Lena's" }, null, lena, Token);

        var result = await house.Get<CertificationDesk>().EditAsync(id, version, house.GoodInput() with { Comment = "Sara's" }, null, sara, Token);

        var conflict = Assert.IsType<SaveResult.Conflict>(result);
        var difference = Assert.Single(conflict.Differences);
        Assert.Equal(("Comment", "Sara's", "Lena's"), (difference.Field, difference.Yours, difference.Theirs));
        Assert.Equal(lena.Name, conflict.ChangedBy);
        await using var db = house.Database.NewContext();
        Assert.Equal("Lena's", (await db.Certifications.SingleAsync(Token)).Comment);
    }

    [Fact]
    public async Task A_shifter_changes_his_own_and_nobody_elses()
    {
        await using var house = await SourceHouse.CreateAsync();
        var (id, _) = await CertifiedAsync(house);
        var tomas = await house.PersonAsync("tomas", "shifter");

        var result = await house.Get<CertificationDesk>().EditAsync(id, await VersionAsync(house, id), house.GoodInput() with { Comment = "mine" }, null, tomas, Token);

        Assert.IsType<SaveResult.Refused>(result);
    }

    /// <summary>D-02: in the previous application anybody who had signed in could delete. D-25: certifying again overwrote the deleted row.</summary>
    [Fact]
    public async Task Deleting_is_for_leaders_and_certifying_again_makes_a_new_record()
    {
        await using var house = await SourceHouse.CreateAsync();
        var (id, sara) = await CertifiedAsync(house);
        var lena = await house.PersonAsync("lena", "shiftleader");
        var version = await VersionAsync(house, id);

        Assert.IsType<SaveResult.Refused>(await house.Get<CertificationDesk>().DeleteAsync(id, version, null, sara, Token));
        Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().DeleteAsync(id, version, "wrong run", lena, Token));
        var again = await house.Get<CertificationDesk>().CreateAsync(Run, Reconstruction.Express, house.GoodInput(), sara, Token);

        Assert.NotEqual(id, Assert.IsType<SaveResult.Saved>(again).Id);
        await using var db = house.Database.NewContext();
        Assert.Equal(2, await db.Certifications.IgnoreQueryFilters([Filters.Living]).CountAsync(Token));
        Assert.IsType<SaveResult.AlreadyCertified>(await house.Get<CertificationDesk>().RestoreAsync(id, lena, Token));
    }

    [Fact]
    public async Task Restoring_brings_it_back_with_its_history()
    {
        await using var house = await SourceHouse.CreateAsync();
        var (id, _) = await CertifiedAsync(house);
        var lena = await house.PersonAsync("lena", "shiftleader");
        await house.Get<CertificationDesk>().DeleteAsync(id, await VersionAsync(house, id), "by mistake", lena, Token);

        Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().RestoreAsync(id, lena, Token));

        await using var db = house.Database.NewContext();
        Assert.Equal(
            [RevisionKind.Created, RevisionKind.Deleted, RevisionKind.Restored],
            await db.CertificationRevisions.OrderBy(row => row.Number).Select(row => row.Kind).ToListAsync(Token));
        Assert.Equal(1, await db.Certifications.CountAsync(Token));
    }

    private static async Task<(int Id, Actor Sara)> CertifiedAsync(SourceHouse house)
    {
        var sara = await house.PersonAsync("sara", "shifter");
        var result = await house.Get<CertificationDesk>().CreateAsync(Run, Reconstruction.Express, house.GoodInput(), sara, Token);
        return (Assert.IsType<SaveResult.Saved>(result).Id, sara);
    }

    private static async Task<uint> VersionAsync(SourceHouse house, int id)
    {
        await using var db = house.Database.NewContext();
        return await db.Certifications.Where(row => row.Id == id).Select(row => row.Version).SingleAsync(Token);
    }

    private static async Task<int> ReasonAsync(SourceHouse house)
    {
        await using var db = house.Database.NewContext();
        return await db.BadReasons.Select(row => row.Id).FirstAsync(Token);
    }
}
