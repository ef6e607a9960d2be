using Certhelper.Core.Certification;
using Certhelper.Core.Certification.Rules;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

/// <summary>The second look as part of saving: what it reads, what it holds up, what stays of it.</summary>
public sealed class SecondLookTests : IAsyncLifetime
{
    private const int Run = 321138;

    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        lena = await house.PersonAsync("lena", "shiftleader");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Nothing_is_saved_until_every_finding_has_a_reason_and_then_the_reason_stays()
    {
        var input = house.GoodInput() with { TrackerMap = TrackerMapState.Missing };

        var first = Assert.IsType<SaveResult.SecondLook>(await CreateAsync(Reconstruction.Express, input));
        var blank = await CreateAsync(Reconstruction.Express, input with { Confirmed = new() { ["map-missing"] = "  " } });
        var saved = Assert.IsType<SaveResult.Saved>(await CreateAsync(Reconstruction.Express, input with { Confirmed = new() { ["map-missing"] = " Judged by the DQM GUI " } }));

        Assert.Contains(first.Findings, finding => finding is { Rule: "map-missing", Severity: FindingSeverity.Confirm });
        Assert.IsType<SaveResult.SecondLook>(blank);
        var confirmed = Assert.Single((await LoadAsync(saved.Id)).Confirmed);
        Assert.Equal(
            new ConfirmedFinding("map-missing", "The tracker maps are missing. Say what the verdict rests on.", "Judged by the DQM GUI", "sara", house.Time.GetUtcNow()),
            confirmed);
    }

    [Fact]
    public async Task A_block_cannot_be_confirmed_away()
    {
        var input = house.GoodInput() with
        {
            Strip = ComponentVerdict.Bad,
            BadReasonId = await ReasonAsync(),
            Confirmed = new() { ["tracking-good-strip-bad"] = "because", ["bad-without-problem"] = "because" },
        };

        Assert.IsType<SaveResult.SecondLook>(await CreateAsync(Reconstruction.Express, input));
    }

    [Fact]
    public async Task What_was_confirmed_once_needs_no_second_reason_while_it_reads_the_same()
    {
        var input = house.GoodInput() with { TrackerMap = TrackerMapState.Missing };
        var id = Assert.IsType<SaveResult.Saved>(await CreateAsync(Reconstruction.Express, input with { Confirmed = new() { ["map-missing"] = "Judged by eye" } })).Id;
        var before = (await LoadAsync(id)).Confirmed;
        house.Time.Advance(TimeSpan.FromHours(1));

        var edited = await EditAsync(id, input with { Comment = "A word more" }, lena);
        var otherReason = await EditAsync(id, input with { Comment = "And another", Confirmed = new() { ["map-missing"] = "The maps came in by mail" } }, lena);

        Assert.IsType<SaveResult.Saved>(edited);
        Assert.Equal("sara", Assert.Single(before).By);
        Assert.IsType<SaveResult.Saved>(otherReason);
        Assert.Equal(("The maps came in by mail", "lena"), (await LoadAsync(id)).Confirmed.Select(finding => (finding.Reason, finding.By)).Single());
    }

    [Fact]
    public async Task A_reason_alone_is_kept_with_a_revision_that_says_so_and_the_same_reason_makes_none()
    {
        var express = await SavedAsync(Reconstruction.Express, house.GoodInput());
        await SavedAsync(
            Reconstruction.Prompt,
            house.GoodInput(Reconstruction.Prompt) with { DatasetName = null, Pixel = ComponentVerdict.Excluded, Confirmed = new() { ["differs-from-counterpart"] = "HV was off later" } });
        var words = "Prompt was certified as excluded for pixel (by Person sara, 2024-06-03); here it is good.";

        var asked = await EditAsync(express, house.GoodInput(), lena);
        var saved = await EditAsync(express, house.GoodInput() with { Confirmed = new() { ["differs-from-counterpart"] = "Express saw it before" } }, lena);
        var again = await EditAsync(express, house.GoodInput(), sara);

        Assert.IsType<SaveResult.SecondLook>(asked);
        Assert.IsType<SaveResult.Saved>(saved);
        Assert.IsType<SaveResult.Saved>(again);
        Assert.Equal(
            new ConfirmedFinding("differs-from-counterpart", words, "Express saw it before", "lena", house.Time.GetUtcNow()),
            Assert.Single((await LoadAsync(express)).Confirmed));
        await using var db = house.Database.NewContext();
        var revision = await db.CertificationRevisions.OrderBy(row => row.Number).LastAsync(row => row.CertificationId == express, Token);
        Assert.Equal((2, RevisionKind.Edited, (int?)lena.UserId), (revision.Number, revision.Kind, revision.ById));
        Assert.Equal([new FieldChange("Second look", null, $"{words} “Express saw it before”")], revision.Changes);
    }

    [Fact]
    public async Task D51_a_prompt_verdict_other_than_express_is_asked_about_from_stored_rows()
    {
        await SavedAsync(Reconstruction.Express, house.GoodInput());

        var look = Assert.IsType<SaveResult.SecondLook>(await CreateAsync(Reconstruction.Prompt, house.GoodInput() with { DatasetName = null, Pixel = ComponentVerdict.Excluded }));

        var finding = Assert.Single(look.Findings, finding => finding.Severity == FindingSeverity.Confirm);
        Assert.Equal("Express was certified as good for pixel (by Person sara, 2024-06-03); here it is excluded.", finding.Words);
        Assert.Equal(nameof(CertificationInput.Pixel), finding.Field);
    }

    [Fact]
    public async Task A_deleted_certification_is_no_counterpart()
    {
        var id = await SavedAsync(Reconstruction.Express, house.GoodInput());
        await house.Get<CertificationDesk>().DeleteAsync(id, (await LoadAsync(id)).Version, "wrong", lena, Token);

        Assert.IsType<SaveResult.Saved>(await CreateAsync(Reconstruction.Prompt, house.GoodInput() with { DatasetName = null, Pixel = ComponentVerdict.Excluded }));
    }

    [Fact]
    public async Task The_run_registry_and_the_reference_are_read_from_what_is_stored()
    {
        await using (var db = house.Database.NewContext())
        {
            db.Runs.Add(new Run { RunNumber = Run, Type = RunType.Collisions, BFieldTesla = 3.801, FetchedAt = house.Time.GetUtcNow() });
            db.Runs.Add(new Run { RunNumber = 331625, Type = RunType.Cosmics, BFieldTesla = 0.082, FetchedAt = house.Time.GetUtcNow() });
            db.RegistryDatasets.Add(new RegistryDataset
            {
                RunNumber = Run,
                Name = "/Express/Collisions2018/DQM",
                Reconstruction = Reconstruction.Express,
                TrackerState = RegistryDataset.Open,
                Summary = new() { ["tracker-strip"] = new() { ["GOOD"] = 2, ["BAD"] = 750 } },
            });
            await db.SaveChangesAsync(Token);
        }

        var basis = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(331625, Reconstruction.ReRecoUl, house.GoodInput() with { DatasetName = null }, sara, Token)).Id;
        var reference = Assert.IsType<ReferenceResult.Done>(await house.Get<ReferenceDesk>().PromoteAsync(basis, lena, Token)).ReferenceId;

        var look = Assert.IsType<SaveResult.SecondLook>(await CreateAsync(Reconstruction.Express, house.GoodInput() with { ReferenceId = reference }));

        Assert.Equal(
            ["differs-from-registry", "reference-run-type", "reference-b-field", "reference-reconstruction", "map-not-as-stored"],
            look.Findings.Select(finding => finding.Rule));
    }

    [Fact]
    public void A_rule_that_breaks_says_nothing_and_keeps_nobody_from_certifying()
    {
        var broken = new LookRule("broken", "Broken", "Breaks.", FindingSeverity.Block, _ => throw new InvalidOperationException("a mistake of ours"));
        var late = new LookRule("late", "Late", "Breaks while it is read.", FindingSeverity.Block, _ => Enumerable.Range(0, 1).Select<int, Remark>(_ => throw new FormatException("too")));
        var look = new LookCase(house.GoodInput() with { TrackerMap = TrackerMapState.Missing }, new RunConditions(Run, Reconstruction.Express), new CertificationOptions());

        var findings = house.Get<SecondLook>().Apply([broken, late, LookRules.Find("map-missing")!], look);

        Assert.Equal("map-missing", Assert.Single(findings).Rule);
    }

    private Task<SaveResult> CreateAsync(Reconstruction reconstruction, CertificationInput input) =>
        house.Get<CertificationDesk>().CreateAsync(Run, reconstruction, input, sara, Token);

    private async Task<int> SavedAsync(Reconstruction reconstruction, CertificationInput input) => Assert.IsType<SaveResult.Saved>(await CreateAsync(reconstruction, input)).Id;

    private async Task<SaveResult> EditAsync(int id, CertificationInput input, Actor actor) =>
        await house.Get<CertificationDesk>().EditAsync(id, new EditBase((await LoadAsync(id)).Version, null), input, null, actor, Token);

    private async Task<TrackerCertification> LoadAsync(int id)
    {
        await using var db = house.Database.NewContext();
        return await db.Certifications.AsNoTracking().SingleAsync(item => item.Id == id, Token);
    }

    private async Task<int> ReasonAsync()
    {
        await using var db = house.Database.NewContext();
        return await db.BadReasons.Where(reason => reason.Name == "Timing problem").Select(reason => reason.Id).SingleAsync(Token);
    }
}
