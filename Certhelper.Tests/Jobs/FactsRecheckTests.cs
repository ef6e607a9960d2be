using System.Text.Json.Nodes;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Certhelper.Tests.RunRegistry;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Jobs;

/// <summary>Facts that change after a run was certified: found by a job, decided by people.</summary>
public sealed class FactsRecheckTests : IAsyncLifetime
{
    private const int Number = 299329;
    private const string Express = "/Express/Collisions2018/DQM";

    private SourceHouse house = null!;
    private OmsStub oms = null!;
    private Actor sara = null!;
    private Actor lena = null!;
    private int id;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        oms = new OmsStub(house.Source);
        oms.Run(Number, "2017-07-14T10:20:00Z");
        oms.Fill(5960);
        Registry("OPEN");
        sara = await house.PersonAsync("sara", "shifter");
        lena = await house.PersonAsync("lena", "shiftleader");
        await house.Get<RunFactsDesk>().RefreshAsync(Number, Token);
        await house.Get<Certhelper.Core.RunRegistry.RegistryDesk>().OfRunAsync(Number, refresh: true, Token);
        id = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(Number, Reconstruction.Express, house.GoodInput(), sara, Token)).Id;
        house.Time.Advance(TimeSpan.FromHours(12));
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Changed_facts_are_found_once_follow_the_source_and_go_when_it_goes_back()
    {
        var unchanged = await PassAsync();
        Change(lumisections: 400, lumi: 41.2);
        var first = await PassAsync();
        var again = await PassAsync();
        Change(lumisections: 410, lumi: 41.2);
        await PassAsync();
        var followed = await ChangesAsync();
        Change(lumisections: 342, lumi: 38.566);
        var back = await PassAsync();

        Assert.Equal("1 runs read again, 1 certifications compared: 0 new changes, 0 gone.", unchanged);
        Assert.Equal("1 runs read again, 1 certifications compared: 2 new changes, 0 gone.", first);
        Assert.Equal("1 runs read again, 1 certifications compared: 0 new changes, 0 gone.", again);
        Assert.Equal([("Lumisections", "342", "410"), ("Recorded", "38.566 pb⁻¹", "41.2 pb⁻¹")], followed.Select(row => (row.Fact, row.Old, row.New)));
        Assert.Equal("1 runs read again, 1 certifications compared: 0 new changes, 2 gone.", back);
        Assert.All(await ChangesAsync(), row => Assert.Equal(FactChangeState.Gone, row.State));
    }

    [Fact]
    public async Task Accepting_makes_the_new_facts_the_basis_and_stays_in_the_history()
    {
        Change(lumisections: 400, lumi: 38.566);
        await PassAsync();
        var seen = CertificationDesk.SeenChanges(await ChangesAsync());

        var bySara = await house.Get<CertificationDesk>().AcceptFactsAsync(id, seen, null, sara, Token);
        var byLena = await house.Get<CertificationDesk>().AcceptFactsAsync(id, seen, "a late file", lena, Token);
        var twice = await house.Get<CertificationDesk>().AcceptFactsAsync(id, seen, null, lena, Token);
        await PassAsync();

        Assert.IsType<SaveResult.Refused>(bySara);
        Assert.IsType<SaveResult.Saved>(byLena);
        Assert.IsType<SaveResult.Refused>(twice);
        var change = Assert.Single(await ChangesAsync());
        Assert.Equal((FactChangeState.Accepted, (int?)lena.UserId, "a late file"), (change.State, change.DecidedById, change.Why));
        await using var db = house.Database.NewContext();
        var revision = await db.CertificationRevisions.SingleAsync(row => row.Number == 2, Token);
        Assert.Equal((RevisionKind.FactsAccepted, (int?)lena.UserId), (revision.Kind, revision.ById));
        Assert.Equal([new FieldChange("Lumisections", "342", "400")], revision.Changes);
        Assert.Contains((await db.CertificationEvidence.SingleAsync(row => row.RevisionNumber == 2, Token)).Facts, fact => fact is { Title: "Lumisections", Value: "400" });
    }

    [Fact]
    public async Task Nobody_accepts_what_he_has_not_seen()
    {
        Change(lumisections: 400, lumi: 38.566);
        await PassAsync();
        var seen = CertificationDesk.SeenChanges(await ChangesAsync());
        Change(lumisections: 500, lumi: 38.566);
        await house.Get<RunFactsDesk>().RefreshAsync(Number, Token);

        var refused = Assert.IsType<SaveResult.Refused>(await house.Get<CertificationDesk>().AcceptFactsAsync(id, seen, null, lena, Token));

        Assert.Contains("changed again", refused.Reason, StringComparison.Ordinal);
        Assert.Equal((FactChangeState.Open, "500"), (await ChangesAsync()).Select(row => (row.State, row.New)).Single());
    }

    [Fact]
    public async Task Given_back_the_owner_says_that_the_verdict_holds()
    {
        Change(lumisections: 400, lumi: 38.566);
        await PassAsync();
        var seen = CertificationDesk.SeenChanges(await ChangesAsync());
        var desk = house.Get<CertificationDesk>();

        var withoutWhy = await desk.ReopenAsync(id, seen, " ", lena, Token);
        var bySara = await desk.ReopenAsync(id, seen, "why not", sara, Token);
        var byLena = await desk.ReopenAsync(id, seen, "see the tail of the run", lena, Token);
        await PassAsync();
        var given = CertificationDesk.SeenChanges(await ChangesAsync());
        var tomas = await house.Get<CertificationDesk>().AcceptFactsAsync(id, given, null, await house.PersonAsync("tomas", "shifter"), Token);
        var held = await house.Get<CertificationDesk>().AcceptFactsAsync(id, given, null, sara, Token);

        Assert.IsType<SaveResult.Invalid>(withoutWhy);
        Assert.IsType<SaveResult.Refused>(bySara);
        Assert.IsType<SaveResult.Saved>(byLena);
        Assert.IsType<SaveResult.Refused>(tomas);
        Assert.IsType<SaveResult.Saved>(held);
        Assert.Equal((FactChangeState.Accepted, (int?)sara.UserId), (await ChangesAsync()).Select(row => (row.State, row.DecidedById)).Single());
        await using var db = house.Database.NewContext();
        Assert.Equal(
            [RevisionKind.Created, RevisionKind.Reopened, RevisionKind.FactsAccepted],
            await db.CertificationRevisions.OrderBy(row => row.Number).Select(row => row.Kind).ToListAsync(Token));
    }

    [Fact]
    public async Task A_new_save_settles_what_was_given_back()
    {
        Change(lumisections: 400, lumi: 38.566);
        await PassAsync();
        await house.Get<CertificationDesk>().ReopenAsync(id, CertificationDesk.SeenChanges(await ChangesAsync()), "look again", lena, Token);
        await using var db = house.Database.NewContext();
        var version = (await db.Certifications.SingleAsync(Token)).Version;

        var saved = await house.Get<CertificationDesk>().EditAsync(
            id, new EditBase(version, 2), house.GoodInput() with { Comment = "Looked again: fine." }, null, sara, Token);
        var after = await PassAsync();

        Assert.IsType<SaveResult.Saved>(saved);
        Assert.Equal((FactChangeState.Settled, (int?)sara.UserId), (await ChangesAsync()).Select(row => (row.State, row.DecidedById)).Single());
        Assert.EndsWith("0 new changes, 0 gone.", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_that_was_opened_again_is_a_change_and_one_that_is_signed_off_is_none()
    {
        Registry("SIGNOFF");
        var signedOff = await PassAsync();
        await using (var db = house.Database.NewContext())
        {
            var version = (await db.Certifications.SingleAsync(Token)).Version;
            await house.Get<CertificationDesk>().EditAsync(id, new EditBase(version, 1), house.GoodInput() with { Comment = "Signed off." }, null, sara, Token);
        }

        Registry("OPEN");
        await PassAsync();

        Assert.EndsWith("0 new changes, 0 gone.", signedOff, StringComparison.Ordinal);
        Assert.Equal(("Tracker state of " + Express, "SIGNOFF", "OPEN"), (await ChangesAsync()).Select(row => (row.Fact, row.Old, row.New)).Single());
    }

    [Fact]
    public async Task While_one_source_is_away_the_other_is_read_and_all_is_compared()
    {
        Change(lumisections: 400, lumi: 38.566);
        house.Source.On(RegistryJson.Datasets, context =>
        {
            context.Response.StatusCode = 504;
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<OutsideServiceException>(PassAsync);

        Assert.Equal("400", Assert.Single(await ChangesAsync()).New);
        await using var db = house.Database.NewContext();
        Assert.StartsWith("1 runs read again, 1 certifications compared: 1 new changes", (await db.SyncMarks.SingleAsync(mark => mark.Name == FactsRecheck.Name, Token)).LastResult, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_looks_at_once_find_a_change_once()
    {
        Change(lumisections: 400, lumi: 38.566);
        await house.Get<RunFactsDesk>().RefreshAsync(Number, Token);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Get<FactChangeDetector>().LookAsync([id], Token)));

        Assert.Single(await ChangesAsync());
    }

    private Task<string> PassAsync() => house.Get<FactsRecheck>().PassAsync(new Steps(), Token);

    private async Task<List<FactChange>> ChangesAsync()
    {
        await using var db = house.Database.NewContext();
        return await db.FactChanges.OrderBy(row => row.Fact).ThenBy(row => row.Id).ToListAsync(Token);
    }

    private void Change(int lumisections, double lumi)
    {
        oms.Run(Number, "2024-06-03T10:20:00Z", attributes =>
        {
            attributes["last_lumisection_number"] = lumisections;
            attributes["recorded_lumi"] = lumi;
        });
    }

    private void Registry(string state) => house.Source.On(RegistryJson.Datasets, async context =>
    {
        await JsonNode.ParseAsync(context.Request.Body);
        await context.Response.WriteAsync(RegistryJson.Page(RegistryJson.Dataset(Number, Express, state)));
    });
}
