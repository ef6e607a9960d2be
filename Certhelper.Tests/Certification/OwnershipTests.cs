using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

/// <summary>Handing over, removing for good, and the evidence that stays.</summary>
public sealed class OwnershipTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor tomas = null!;
    private Actor lena = null!;
    private Actor adam = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        tomas = await house.PersonAsync("tomas", "shifter");
        lena = await house.PersonAsync("lena", "shiftleader");
        adam = await house.PersonAsync("adam", "admin");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task D49_handing_over_needs_the_owner_or_a_leader_and_leaves_a_trace()
    {
        var id = await CertifyAsync();

        var byTomas = await HandOverAsync(id, tomas, tomas);
        var bySara = await HandOverAsync(id, tomas, sara, "end of my shift");
        var saraAgain = await HandOverAsync(id, sara, sara);
        var byLena = await HandOverAsync(id, sara, lena);

        Assert.IsType<SaveResult.Refused>(byTomas);
        Assert.IsType<SaveResult.Saved>(bySara);
        Assert.IsType<SaveResult.Refused>(saraAgain);
        Assert.IsType<SaveResult.Saved>(byLena);
        var item = await LoadAsync(id);
        Assert.Equal(sara.UserId, item!.OwnerId);
        var handed = item.Revisions.OrderBy(row => row.Number).Skip(1).First();
        Assert.Equal((RevisionKind.HandedOver, sara.UserId, "end of my shift"), (handed.Kind, handed.ById, handed.Why));
        Assert.Equal([new FieldChange("Shifter", sara.Name, tomas.Name)], handed.Changes);
    }

    [Fact]
    public async Task It_is_handed_only_to_somebody_who_certifies_and_not_to_the_owner()
    {
        var gus = await house.PersonAsync("gus");
        var id = await CertifyAsync();

        Assert.IsType<SaveResult.Invalid>(await HandOverAsync(id, gus, sara));
        Assert.IsType<SaveResult.Invalid>(await HandOverAsync(id, sara, sara));
        Assert.IsType<SaveResult.Invalid>(await house.Get<CertificationDesk>().HandOverAsync(id, (await LoadAsync(id))!.Version, 4711, null, sara, Token));
        Assert.IsType<SaveResult.Conflict>(await house.Get<CertificationDesk>().HandOverAsync(id, 1, tomas.UserId, null, sara, Token));
        Assert.Equal(sara.UserId, (await LoadAsync(id))!.OwnerId);
    }

    [Fact]
    public async Task D02_only_administrators_remove_for_good_and_only_what_is_deleted_and_named()
    {
        var id = await CertifyAsync();
        var desk = house.Get<CertificationDesk>();

        var living = await desk.RemoveForGoodAsync(id, "321138 express", "a test", adam, Token);
        await desk.DeleteAsync(id, (await LoadAsync(id))!.Version, "wrong", lena, Token);
        var byLeader = await desk.RemoveForGoodAsync(id, "321138 express", "a test", lena, Token);
        var unnamed = await desk.RemoveForGoodAsync(id, "321138", " ", adam, Token);

        Assert.IsType<SaveResult.Refused>(living);
        Assert.IsType<SaveResult.Refused>(byLeader);
        Assert.Equal(["TypedName", "Why"], Assert.IsType<SaveResult.Invalid>(unnamed).Errors.Select(error => error.Field));
        Assert.NotNull(await LoadAsync(id));
    }

    [Fact]
    public async Task What_was_removed_stays_readable_and_the_run_can_be_certified_again()
    {
        var id = await CertifyAsync();
        var desk = house.Get<CertificationDesk>();
        await desk.DeleteAsync(id, (await LoadAsync(id))!.Version, "wrong", lena, Token);

        var removed = await desk.RemoveForGoodAsync(id, " 321138 EXPRESS ", "asked by the collaboration", adam, Token);

        Assert.IsType<SaveResult.Saved>(removed);
        Assert.Null(await LoadAsync(id));
        await using var db = house.Database.NewContext();
        Assert.False(await db.CertificationRevisions.AnyAsync(Token));
        Assert.False(await db.CertificationEvidence.AnyAsync(Token));
        var kept = await db.RemovedCertifications.SingleAsync(Token);
        Assert.Equal((id, 321138, Reconstruction.Express, "sara", adam.UserId), (kept.CertificationId, kept.RunNumber, kept.Reconstruction, kept.Owner, kept.RemovedById));
        using var body = JsonDocument.Parse(kept.Body);
        Assert.Equal("good", body.RootElement.GetProperty("fields").GetProperty("Pixel").GetString());
        Assert.Equal(2, body.RootElement.GetProperty("history").GetArrayLength());
        Assert.IsType<SaveResult.Saved>(await desk.CreateAsync(321138, Reconstruction.Express, house.GoodInput(), tomas, Token));
    }

    [Fact]
    public async Task The_facts_and_the_registrys_word_are_frozen_with_each_judgement()
    {
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329())).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()));
        await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);
        await using var db = house.Database.NewContext();
        db.RegistryDatasets.Add(new()
        {
            RunNumber = 299329,
            Name = "/Express/Collisions2017/DQM",
            Reconstruction = Reconstruction.Express,
            TrackerState = "OPEN",
            Summary = new() { ["tracker-pixel"] = new() { ["GOOD"] = 82 } },
            FetchedAt = house.Time.GetUtcNow(),
        });
        await db.SaveChangesAsync(Token);

        var id = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(299329, Reconstruction.Express, house.GoodInput() with { DatasetName = "/Express/Collisions2017/DQM" }, sara, Token)).Id;
        await db.Runs.ExecuteUpdateAsync(set => set.SetProperty(run => run.Lumisections, 341), Token);
        await house.Get<CertificationDesk>().EditAsync(id, (await LoadAsync(id))!.Version, house.GoodInput() with { DatasetName = "/Express/Collisions2017/DQM", Comment = "Looked again" }, null, sara, Token);

        var evidence = await db.CertificationEvidence.AsNoTracking().Where(row => row.CertificationId == id).OrderBy(row => row.RevisionNumber).ToListAsync(Token);
        Assert.Equal([1, 2], evidence.Select(row => row.RevisionNumber));
        Assert.Equal(["342", "341"], evidence.Select(row => row.Facts.Single(fact => fact.Title == "Lumisections").Value));
        Assert.Equal("OMS", evidence[0].Facts.Single(fact => fact.Title == "Run type").Source);
        Assert.Equal(82, Assert.Single(evidence[0].Datasets).Summary["tracker-pixel"]["GOOD"]);
        Assert.Equal(evidence[0].Facts.Count, evidence[0].Facts.Select(fact => fact.Title).Distinct().Count());
    }

    [Fact]
    public async Task A_conflict_knows_which_fields_only_the_other_person_changed()
    {
        var id = await CertifyAsync();
        var opened = new EditBase((await LoadAsync(id))!.Version, 1);
        await house.Get<CertificationDesk>().EditAsync(
            id, opened, house.GoodInput() with { Comment = "Of Lena", Pixel = ComponentVerdict.Excluded }, null, lena, Token);

        var result = await house.Get<CertificationDesk>().EditAsync(id, opened, house.GoodInput() with { Comment = "Of Sara" }, null, sara, Token);

        var conflict = Assert.IsType<SaveResult.Conflict>(result);
        Assert.Equal([("Pixel", true), ("Comment", false)], conflict.Differences.Select(difference => (difference.Field, difference.OnlyTheirs)));
        Assert.Equal(2, conflict.CurrentRevision);
    }

    private async Task<int> CertifyAsync() => Assert.IsType<SaveResult.Saved>(
        await house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Express, house.GoodInput(), sara, Token)).Id;

    private async Task<SaveResult> HandOverAsync(int id, Actor to, Actor by, string? why = null) =>
        await house.Get<CertificationDesk>().HandOverAsync(id, (await LoadAsync(id))!.Version, to.UserId, why, by, Token);

    private async Task<TrackerCertification?> LoadAsync(int id)
    {
        await using var db = house.Database.NewContext();
        return await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living]).Include(item => item.Revisions)
            .SingleOrDefaultAsync(item => item.Id == id, Token);
    }
}
