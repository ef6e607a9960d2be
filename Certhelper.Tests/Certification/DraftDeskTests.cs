using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

/// <summary>Drafts: the newest, one's own, not for ever.</summary>
public sealed class DraftDeskTests : IAsyncLifetime
{
    private const int Run = 380115;

    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor tomas = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        tomas = await house.PersonAsync("tomas", "shifter");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task The_newest_is_kept_for_each_person_by_himself()
    {
        await KeepAsync(sara, "first");
        house.Time.Advance(TimeSpan.FromSeconds(2));
        var kept = await KeepAsync(sara, "second");
        await KeepAsync(tomas, "his");

        var mine = await house.Get<DraftDesk>().OfAsync(Run, Reconstruction.Express, sara, Token);

        Assert.Equal(new DraftResult.Kept(house.Time.GetUtcNow()), kept);
        Assert.Equal(["second"], mine!.Fields["Input.Comment"]);
        Assert.Null(await house.Get<DraftDesk>().OfAsync(Run, Reconstruction.Prompt, sara, Token));
    }

    [Fact]
    public async Task Many_at_once_leave_one()
    {
        var desks = Enumerable.Range(0, 8).Select(_ => house.Get<DraftDesk>()).ToList();

        // More than two racing first inserts can outlast the repetitions; a browser sends one at a time.
        await KeepAsync(sara, "before");
        await Task.WhenAll(desks.Select((desk, i) => desk.KeepAsync(Run, Reconstruction.Express, Fields($"{i}"), null, sara, Token)));

        await using var db = house.Database.NewContext();
        Assert.Equal(1, await db.CertificationDrafts.CountAsync(Token));
    }

    [Fact]
    public async Task What_is_too_long_is_refused_and_the_last_one_stays()
    {
        await KeepAsync(sara, "short");

        var result = await KeepAsync(sara, new string('x', DraftDesk.LargestBytes));

        Assert.Contains("64 KiB", Assert.IsType<DraftResult.TooLarge>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(["short"], (await house.Get<DraftDesk>().OfAsync(Run, Reconstruction.Express, sara, Token))!.Fields["Input.Comment"]);
    }

    [Fact]
    public async Task A_draft_that_comes_after_the_save_does_not_come_back_as_unsaved_work()
    {
        await house.Get<CertificationDesk>().CreateAsync(Run, Reconstruction.Express, house.GoodInput(), sara, Token);

        Assert.IsType<DraftResult.Certified>(await KeepAsync(sara, "late"));
        Assert.IsType<DraftResult.Kept>(await KeepAsync(tomas, "his own"));
    }

    [Fact]
    public async Task A_draft_of_a_change_that_was_just_saved_does_not_come_back_but_another_persons_change_leaves_it()
    {
        var id = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(Run, Reconstruction.Express, house.GoodInput(), sara, Token)).Id;
        await using var db = house.Database.NewContext();
        var opened = await db.Certifications.Where(item => item.Id == id).Select(item => item.Version).SingleAsync(Token);
        Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().EditAsync(id, opened, house.GoodInput() with { Comment = "Changed" }, null, sara, Token));

        var onItsWay = await KeepAsync(sara, "Changed", opened);
        var lenas = await KeepAsync(await house.PersonAsync("lena", "shiftleader"), "hers", opened);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await KeepAsync(sara, "in an old window", opened);

        Assert.IsType<DraftResult.Certified>(onItsWay);
        Assert.IsType<DraftResult.Kept>(lenas);
        Assert.IsType<DraftResult.Kept>(later);
    }

    [Fact]
    public async Task Nobody_throws_away_what_is_not_his_and_what_is_old_goes_by_itself()
    {
        await KeepAsync(sara, "old");
        house.Time.Advance(DraftDesk.KeptFor - TimeSpan.FromDays(1));
        await KeepAsync(tomas, "young");

        Assert.False(await house.Get<DraftDesk>().DropAsync(Run, Reconstruction.Prompt, tomas, Token));
        Assert.Equal(0, await house.Get<DraftDesk>().ForgetOldAsync(Token));
        house.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await house.Get<DraftDesk>().ForgetOldAsync(Token));

        await using var db = house.Database.NewContext();
        Assert.Equal(tomas.UserId, (await db.CertificationDrafts.SingleAsync(Token)).OwnerId);
    }

    [Fact]
    public async Task NUL_characters_do_no_harm_and_guests_have_no_drafts()
    {
        Assert.IsType<DraftResult.Kept>(await KeepAsync(sara, "a\0b"));
        Assert.IsType<DraftResult.Refused>(await KeepAsync(sara with { Roles = [Role.Guest] }, "x"));
        Assert.Equal(["ab"], (await house.Get<DraftDesk>().OfAsync(Run, Reconstruction.Express, sara, Token))!.Fields["Input.Comment"]);
    }

    private static Dictionary<string, List<string>> Fields(string comment) => new() { ["Input.Comment"] = [comment] };

    private Task<DraftResult> KeepAsync(Actor actor, string comment, uint? version = null) =>
        house.Get<DraftDesk>().KeepAsync(Run, Reconstruction.Express, Fields(comment), version, actor, Token);
}
