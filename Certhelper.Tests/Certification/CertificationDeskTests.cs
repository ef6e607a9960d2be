using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage.Configurations;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

public sealed class CertificationDeskTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor tomas = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        tomas = await house.PersonAsync("tomas", "shifter");
        lena = await house.PersonAsync("lena", "shiftleader");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_run_that_nobody_knows_can_be_certified_and_is_marked_incomplete()
    {
        var id = await CertifyAsync(sara);

        var item = await LoadAsync(id);
        Assert.Equal((321138, Reconstruction.Express, sara.UserId, false), (item.RunReconstruction!.RunNumber, item.RunReconstruction.Reconstruction, item.OwnerId, item.FactsComplete));
        var revision = Assert.Single(item.Revisions);
        Assert.Equal((1, RevisionKind.Created, sara.UserId, house.Time.GetUtcNow()), (revision.Number, revision.Kind, revision.ById, revision.At));
        Assert.Contains(new FieldChange("Pixel", null, "good"), revision.Changes);
        Assert.Contains(new FieldChange("Date", null, "2024-06-03"), revision.Changes);
        Assert.DoesNotContain(revision.Changes, change => change.Field == "Reference");
    }

    [Fact]
    public async Task A_run_whose_facts_came_from_OMS_is_complete()
    {
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329())).OnJson(OmsJson.Fills, OmsJson.Page(OmsJson.Fill5960()));
        await house.Get<RunFactsDesk>().EnsureAsync(299329, Token);

        var saved = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(299329, Reconstruction.Express, house.GoodInput(), sara, Token));

        Assert.True((await LoadAsync(saved.Id)).FactsComplete);
    }

    [Fact]
    public async Task A_run_reconstruction_is_certified_once_and_the_other_ones_of_the_run_too()
    {
        var id = await CertifyAsync(sara);

        var again = await CreateAsync(lena);
        var prompt = await house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Prompt, house.GoodInput(Reconstruction.Prompt), tomas, Token);

        Assert.Equal(new SaveResult.AlreadyCertified(id, sara.Name), again);
        Assert.IsType<SaveResult.Saved>(prompt);
    }

    [Fact]
    public async Task D23_two_hundred_submissions_of_the_same_reconstruction_at_once_make_one_certification_and_199_clear_answers()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => CreateAsync(i % 2 == 0 ? sara : tomas)));

        var saved = Assert.Single(results.OfType<SaveResult.Saved>());
        Assert.All(results.OfType<SaveResult.AlreadyCertified>(), other => Assert.Equal(saved.Id, other.Id));
        Assert.Equal(199, results.OfType<SaveResult.AlreadyCertified>().Count());
        await using var db = house.Database.NewContext();
        Assert.Equal((1, 1), (await db.Certifications.CountAsync(Token), await db.CertificationRevisions.CountAsync(Token)));
    }

    [Fact]
    public async Task A_guest_certifies_nothing_and_online_is_certified_by_nobody()
    {
        var guest = await house.PersonAsync("gus");

        var byGuest = await CreateAsync(guest);
        var online = await house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Online, house.GoodInput(), sara, Token);
        var nonsense = await house.Get<CertificationDesk>().CreateAsync(-5, Reconstruction.Express, house.GoodInput(), sara, Token);

        Assert.All(new[] { byGuest, online, nonsense }, result => Assert.IsType<SaveResult.Refused>(result));
        Assert.Equal(
            "You may not do this: certify runs and change one's own certifications needs one of the roles shifter, shift leader, expert, administrator.",
            ((SaveResult.Refused)byGuest).Reason);
        await using var db = house.Database.NewContext();
        Assert.False(await db.Runs.AnyAsync(Token));
    }

    [Fact]
    public async Task Wrong_input_is_answered_field_by_field_and_nothing_is_saved()
    {
        var input = house.GoodInput() with { Strip = ComponentVerdict.Bad, ReferenceId = 4711, TrackerMap = null };

        var result = await house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Express, input, sara, Token);

        Assert.Equal(
            [nameof(input.BadReasonId), nameof(input.ReferenceId), nameof(input.TrackerMap)],
            Assert.IsType<SaveResult.Invalid>(result).Errors.Select(error => error.Field).Order());
        await using var db = house.Database.NewContext();
        Assert.False(await db.Certifications.AnyAsync(Token));
    }

    [Fact]
    public async Task An_edit_appends_what_changed_in_words_and_why()
    {
        var id = await CertifyAsync(sara);
        var reason = await ReasonAsync();
        house.Time.Advance(TimeSpan.FromHours(1));

        var result = await EditAsync(
            id,
            (house.GoodInput() with { Pixel = ComponentVerdict.Bad, BadReasonId = reason, TrackingLowStatistics = true }).Confirm("bad-without-problem"),
            sara,
            "seen in the maps");

        Assert.Equal(new SaveResult.Saved(id, false), result);
        var item = await LoadAsync(id);
        var revision = item.Revisions.Single(row => row.Number == 2);
        Assert.Equal((RevisionKind.Edited, "seen in the maps", sara.UserId), (revision.Kind, revision.Why, revision.ById));
        Assert.Equal(
            [
                new("Pixel", "good", "bad"),
                new("Tracking", "good", "good, low statistics"),
                new("Why bad", null, "Timing problem"),
                new("Second look", null, "Pixel is bad, and no problem of it is chosen. “It is right”"),
            ],
            revision.Changes);
        Assert.Equal(house.Time.GetUtcNow(), item.UpdatedAt);
    }

    [Fact]
    public async Task Saving_without_a_change_adds_nothing_to_the_history()
    {
        var id = await CertifyAsync(sara);

        var result = await EditAsync(id, house.GoodInput(), sara);

        Assert.Equal(new SaveResult.Saved(id, false), result);
        Assert.Single((await LoadAsync(id)).Revisions);
    }

    [Fact]
    public async Task A_shifter_cannot_overwrite_another_shifters_certification_but_a_leader_can()
    {
        var id = await CertifyAsync(sara);
        var changed = house.GoodInput() with { Comment = "Changed" };

        var byTomas = await EditAsync(id, changed, tomas);
        var byLena = await EditAsync(id, changed, lena);

        Assert.Contains("belongs to Person sara", Assert.IsType<SaveResult.Refused>(byTomas).Reason, StringComparison.Ordinal);
        Assert.IsType<SaveResult.Saved>(byLena);
        var item = await LoadAsync(id);
        Assert.Equal((sara.UserId, lena.UserId), (item.OwnerId, item.Revisions[^1].ById));
    }

    [Fact]
    public async Task An_owner_who_is_no_shifter_any_more_cannot_edit()
    {
        var id = await CertifyAsync(sara);

        var result = await EditAsync(id, house.GoodInput() with { Comment = "Changed" }, sara with { Roles = [Role.Guest] });

        Assert.IsType<SaveResult.Refused>(result);
    }

    [Fact]
    public async Task Of_two_people_who_edit_at_once_the_second_sees_both_versions_and_loses_nothing()
    {
        var id = await CertifyAsync(sara);
        var opened = (await LoadAsync(id)).Version;
        await house.Get<CertificationDesk>().EditAsync(id, opened, house.GoodInput() with { Comment = "Of Lena", Pixel = ComponentVerdict.Excluded }, null, lena, Token);

        var result = await house.Get<CertificationDesk>().EditAsync(id, opened, house.GoodInput() with { Comment = "Of Sara" }, null, sara, Token);

        var conflict = Assert.IsType<SaveResult.Conflict>(result);
        Assert.Equal(
            [new("Pixel", "Pixel", "good", "excluded"), new("Comment", "Comment", "Of Sara", "Of Lena")], conflict.Differences);
        Assert.Equal((lena.Name, (await LoadAsync(id)).Version), (conflict.ChangedBy, conflict.CurrentVersion));
        Assert.Equal("Of Lena", (await LoadAsync(id)).Comment);

        var over = await house.Get<CertificationDesk>().EditAsync(id, conflict.CurrentVersion, house.GoodInput() with { Comment = "Of Sara" }, null, sara, Token);
        Assert.IsType<SaveResult.Saved>(over);
    }

    [Fact]
    public async Task Of_many_saves_with_the_same_version_exactly_one_goes_through()
    {
        var id = await CertifyAsync(sara);
        var opened = (await LoadAsync(id)).Version;

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => house.Get<CertificationDesk>()
            .EditAsync(id, opened, house.GoodInput() with { Comment = $"Number {i}" }, null, sara, Token)));

        Assert.Single(results.OfType<SaveResult.Saved>());
        Assert.Equal(7, results.OfType<SaveResult.Conflict>().Count());
        Assert.Equal([1, 2], (await LoadAsync(id)).Revisions.Select(row => row.Number).Order());
    }

    [Fact]
    public async Task Only_leaders_delete_and_restore_and_both_are_in_the_history()
    {
        var id = await CertifyAsync(sara);
        var desk = house.Get<CertificationDesk>();

        Assert.IsType<SaveResult.Refused>(await desk.DeleteAsync(id, (await LoadAsync(id)).Version, null, sara, Token));
        Assert.Equal(new SaveResult.Saved(id, false), await desk.DeleteAsync(id, (await LoadAsync(id)).Version, "wrong run", lena, Token));
        Assert.IsType<SaveResult.Refused>(await desk.RestoreAsync(id, sara, Token));
        Assert.IsType<SaveResult.NotFound>(await EditAsync(id, house.GoodInput() with { Comment = "Late" }, sara));
        Assert.Equal(new SaveResult.Saved(id, false), await desk.RestoreAsync(id, lena, Token));

        var item = await LoadAsync(id);
        Assert.Null(item.DeletedAt);
        Assert.Equal([RevisionKind.Created, RevisionKind.Deleted, RevisionKind.Restored], item.Revisions.OrderBy(row => row.Number).Select(row => row.Kind));
        Assert.Equal("wrong run", item.Revisions.Single(row => row.Kind == RevisionKind.Deleted).Why);
    }

    [Fact]
    public async Task Deleting_what_was_changed_meanwhile_is_a_conflict()
    {
        var id = await CertifyAsync(sara);
        var opened = (await LoadAsync(id)).Version;
        await EditAsync(id, house.GoodInput() with { Comment = "More" }, sara);

        var result = await house.Get<CertificationDesk>().DeleteAsync(id, opened, null, lena, Token);

        Assert.Equal(sara.Name, Assert.IsType<SaveResult.Conflict>(result).ChangedBy);
        Assert.Null((await LoadAsync(id)).DeletedAt);
    }

    [Fact]
    public async Task D25_certifying_again_after_a_delete_makes_a_new_record_and_the_old_one_cannot_come_back_beside_it()
    {
        var old = await CertifyAsync(sara);
        var desk = house.Get<CertificationDesk>();
        await desk.DeleteAsync(old, (await LoadAsync(old)).Version, null, lena, Token);

        var fresh = await CertifyAsync(tomas);
        var restored = await desk.RestoreAsync(old, lena, Token);

        Assert.NotEqual(old, fresh);
        Assert.Equal(new SaveResult.AlreadyCertified(fresh, tomas.Name), restored);
        Assert.Equal("Nothing to remark", (await LoadAsync(old)).Comment);
        Assert.NotNull((await LoadAsync(old)).DeletedAt);
    }

    [Fact]
    public async Task A_retired_reference_is_kept_where_it_was_and_not_chosen_anew()
    {
        var basis = await CertifyAsync(lena);
        var references = house.Get<ReferenceDesk>();
        var reference = Assert.IsType<ReferenceResult.Done>(await references.PromoteAsync(basis, lena, Token)).ReferenceId;
        var withReference = house.GoodInput(Reconstruction.ReReco) with { ReferenceId = reference };
        var id = ((SaveResult.Saved)await house.Get<CertificationDesk>().CreateAsync(321149, Reconstruction.ReReco, withReference, sara, Token)).Id;
        await using var db = house.Database.NewContext();
        var version = (await db.References.SingleAsync(Token)).Version;
        await references.RetireAsync(reference, version, "newer one", lena, Token);

        var kept = await EditAsync(id, (withReference with { Comment = "Still compared with it" }).Confirm("reference-retired"), sara);
        var chosen = await house.Get<CertificationDesk>().CreateAsync(321150, Reconstruction.ReReco, withReference, sara, Token);

        Assert.IsType<SaveResult.Saved>(kept);
        Assert.Equal(nameof(CertificationInput.ReferenceId), Assert.Single(Assert.IsType<SaveResult.Invalid>(chosen).Errors).Field);
        Assert.Contains(new FieldChange("Reference", null, "321138 express"), (await LoadAsync(id)).Revisions.Single(row => row.Number == 1).Changes);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var desk = house.Get<CertificationDesk>();

        Assert.IsType<SaveResult.NotFound>(await desk.EditAsync(4711, 1, house.GoodInput(), null, lena, Token));
        Assert.IsType<SaveResult.NotFound>(await desk.DeleteAsync(4711, 1, null, lena, Token));
        Assert.IsType<SaveResult.NotFound>(await desk.RestoreAsync(4711, lena, Token));
    }

    private Task<SaveResult> CreateAsync(Actor actor) =>
        house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Express, house.GoodInput(), actor, Token);

    private async Task<int> CertifyAsync(Actor actor) => Assert.IsType<SaveResult.Saved>(await CreateAsync(actor)).Id;

    private async Task<SaveResult> EditAsync(int id, CertificationInput input, Actor actor, string? why = null) =>
        await house.Get<CertificationDesk>().EditAsync(id, (await LoadAsync(id)).Version, input, why, actor, Token);

    private async Task<TrackerCertification> LoadAsync(int id)
    {
        await using var db = house.Database.NewContext();
        return await db.Certifications.AsNoTracking().IgnoreQueryFilters([Filters.Living])
            .Include(item => item.RunReconstruction).Include(item => item.Revisions.OrderBy(revision => revision.Number))
            .SingleAsync(item => item.Id == id, Token);
    }

    private async Task<int> ReasonAsync()
    {
        await using var db = house.Database.NewContext();
        return await db.BadReasons.Where(reason => reason.Name == "Timing problem").Select(reason => reason.Id).SingleAsync(Token);
    }
}
