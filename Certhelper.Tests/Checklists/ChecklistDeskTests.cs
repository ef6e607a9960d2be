using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Checklists;

/// <summary>Checklists as the desk enforces and keeps them, for the page and the API alike.</summary>
public sealed class ChecklistDeskTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private Actor sara = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task D44_a_required_item_that_is_open_keeps_a_certification_from_being_saved()
    {
        var input = house.GoodInput();
        input.Answers.Remove("pixel:occupancy");
        input.Answers["tracking:maps"] = new AnswerInput { Value = "" };

        var result = Assert.IsType<SaveResult.Invalid>(await CreateAsync(380115, input));

        Assert.Equal(["Answers[pixel:occupancy]", "Answers[tracking:maps]"], result.Errors.Select(error => error.Field));
        Assert.StartsWith("Pixel, “Digis of each barrel layer", result.Errors[0].Message, StringComparison.Ordinal);
        Assert.EndsWith("not answered yet.", result.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F090_answers_are_kept_with_who_when_and_the_version_and_the_history_says_so()
    {
        var input = house.GoodInput();
        input.Answers["sistrip:bad"] = new AnswerInput { NotApplicable = true, Because = "  The maps are missing " };
        input.Answers["trackermap:holes"] = new AnswerInput { Value = "new ones" };

        var id = await SavedAsync(380115, input);

        await using var db = house.Database.NewContext();
        var answers = await db.ChecklistAnswers.Include(answer => answer.ChecklistVersion!.Checklist).Where(answer => answer.CertificationId == id).ToListAsync(Token);
        Assert.Equal(input.Answers.Count, answers.Count);
        Assert.All(answers, answer => Assert.Equal((sara.UserId, house.Time.GetUtcNow(), 1), (answer.ById, answer.At, answer.ChecklistVersion!.Number)));
        var strip = answers.Single(answer => answer.ItemKey == "bad");
        Assert.Equal(("sistrip", null, "The maps are missing"), (strip.ChecklistVersion!.Checklist!.Key, strip.Value, strip.NotApplicableBecause));
        Assert.Equal("new ones", answers.Single(answer => answer.ItemKey == "holes").Value);
        var history = await db.CertificationRevisions.Where(row => row.CertificationId == id).SingleAsync(Token);
        Assert.Contains(new FieldChange("Checklist General", null, "3 of 4 answered (version 1)"), history.Changes);
        Assert.Contains(new FieldChange("Checklist SiStrip", null, "3 of 4 answered (version 1)"), history.Changes);
    }

    [Theory]
    [InlineData("sistrip:bad", "many", "This is not a number; write it like 0.5.")]
    [InlineData("sistrip:bad", "0,5", "This is not a number; write it like 0.5.")]
    [InlineData("sistrip:bad", "NaN", "This is not a number; write it like 0.5.")]
    [InlineData("sistrip:bad", "101", "It is outside its limits: 0 to 100 %.")]
    [InlineData("sistrip:bad", "-0.1", "It is outside its limits: 0 to 100 %.")]
    [InlineData("sistrip:errors", "DROP TABLE", "Choose one of: none, only known ones, new ones.")]
    [InlineData("pixel:occupancy", "<b>no</b>", "A tick is “yes” or nothing.")]
    public async Task An_answer_that_cannot_be_is_named_with_what_can(string key, string value, string message)
    {
        var input = house.GoodInput();
        input.Answers[key] = new AnswerInput { Value = value };

        var error = Assert.Single(Assert.IsType<SaveResult.Invalid>(await CreateAsync(380115, input)).Errors);

        Assert.Equal($"Answers[{key}]", error.Field);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_applicable_needs_a_reason_and_an_item_that_allows_it()
    {
        var input = house.GoodInput();
        input.Answers["sistrip:bad"] = new AnswerInput { NotApplicable = true, Because = " " };
        input.Answers["pixel:occupancy"] = new AnswerInput { NotApplicable = true, Because = "no time" };
        input.Answers["general:reference"] = new AnswerInput { NotApplicable = true, Because = new string('x', 501) };

        var errors = Assert.IsType<SaveResult.Invalid>(await CreateAsync(380115, input)).Errors;

        Assert.EndsWith("Say in at most 500 characters why it does not apply.", errors.Single(error => error.Field == "Answers[general:reference]").Message, StringComparison.Ordinal);
        Assert.EndsWith("This applies to every run: answer it.", errors.Single(error => error.Field == "Answers[pixel:occupancy]").Message, StringComparison.Ordinal);
        Assert.EndsWith("Say why it does not apply.", errors.Single(error => error.Field == "Answers[sistrip:bad]").Message, StringComparison.Ordinal);
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public async Task An_answer_to_what_nobody_asks_is_refused()
    {
        var input = house.GoodInput();
        input.Answers["pixel:made-up"] = new AnswerInput { Value = "yes" };
        input.Answers["shiftleader:open"] = new AnswerInput { Value = "yes" };
        input.Answers["nothing\0"] = null!;

        var errors = Assert.IsType<SaveResult.Invalid>(await CreateAsync(380115, input)).Errors;

        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Equal("Answers", error.Field));
        Assert.Contains("“pixel:made-up” is not asked", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F087_a_retired_checklist_is_neither_asked_nor_required()
    {
        await using (var db = house.Database.NewContext())
        {
            await db.Checklists.Where(list => list.Key == "pixel").ExecuteUpdateAsync(set => set.SetProperty(list => list.RetiredAt, house.Time.GetUtcNow()), Token);
        }

        var input = house.GoodInput();
        foreach (var key in input.Answers.Keys.Where(key => key.StartsWith("pixel:", StringComparison.Ordinal)).ToList()) input.Answers.Remove(key);
        var asked = await house.Get<ChecklistDesk>().AskedAsync(Reconstruction.Express, null, Token);

        Assert.Equal(["general", "trackermap", "sistrip", "tracking"], asked.Select(list => list.Key));
        await SavedAsync(380115, input);
    }

    [Fact]
    public async Task A_checklist_for_some_reconstructions_and_run_types_is_asked_for_those_only()
    {
        await AddAsync("cosmics", new ChecklistContent
        {
            RunTypes = [RunType.Cosmics],
            Reconstructions = [Reconstruction.Prompt],
            Groups = [new ChecklistGroup { Items = [new ChecklistItem { Key = "look", Text = "Look" }] }],
        });
        var desk = house.Get<ChecklistDesk>();

        async Task<bool> IsAskedAsync(Reconstruction reconstruction, RunType? type) =>
            (await desk.AskedAsync(reconstruction, type, Token)).Any(list => list.Key == "cosmics");

        Assert.True(await IsAskedAsync(Reconstruction.Prompt, RunType.Cosmics));
        Assert.False(await IsAskedAsync(Reconstruction.Express, RunType.Cosmics));
        Assert.False(await IsAskedAsync(Reconstruction.Prompt, RunType.Collisions));
        Assert.False(await IsAskedAsync(Reconstruction.Prompt, null));
    }

    [Fact]
    public async Task F079_a_change_does_not_require_a_checklist_that_was_not_asked_before()
    {
        var id = await SavedAsync(380115, house.GoodInput());
        await AddAsync("late", new ChecklistContent { Groups = [new ChecklistGroup { Items = [new ChecklistItem { Key = "look", Text = "Look" }] }] });

        Assert.IsType<SaveResult.Saved>(await EditAsync(id, house.GoodInput() with { Comment = "Looked again" }, sara));
    }

    [Fact]
    public async Task On_a_change_only_answers_that_changed_get_a_new_author_and_none_vanishes()
    {
        var id = await SavedAsync(380115, house.GoodInput());
        var lena = await house.PersonAsync("lena", "shiftleader");
        house.Time.Advance(TimeSpan.FromHours(1));
        var input = house.GoodInput();
        input.Answers.Clear();
        input.Answers["sistrip:bad"] = new AnswerInput { Value = "2.50" };
        input.Answers["pixel:occupancy"] = new AnswerInput { Value = "yes" };
        input.Answers["pixel:dead"] = new AnswerInput { Value = "12" };

        Assert.IsType<SaveResult.Saved>(await EditAsync(id, input, lena));

        await using var db = house.Database.NewContext();
        var answers = await db.ChecklistAnswers.Where(answer => answer.CertificationId == id).ToListAsync(Token);
        Assert.Equal(GoodAnswers.All().Count + 1, answers.Count);
        Assert.Equal(["12", "2.5"], answers.Where(answer => answer.ById == lena.UserId).Select(answer => answer.Value).Order(StringComparer.Ordinal));
        var changes = (await db.CertificationRevisions.SingleAsync(row => row.CertificationId == id && row.Number == 2, Token)).Changes;
        Assert.Equal(
            [new FieldChange("Pixel: Dead read-out chips", null, "12 ROCs"), new FieldChange("SiStrip: Bad modules of the whole strip tracker", "0 %", "2.5 %")],
            changes);
    }

    [Fact]
    public async Task What_is_required_and_was_answered_cannot_be_left_open_again()
    {
        var id = await SavedAsync(380115, house.GoodInput());
        var input = house.GoodInput();
        input.Answers["pixel:occupancy"] = new AnswerInput();

        var error = Assert.Single(Assert.IsType<SaveResult.Invalid>(await EditAsync(id, input, sara)).Errors);

        Assert.Equal("Answers[pixel:occupancy]", error.Field);
        Assert.EndsWith("it was answered and cannot be left open again.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_an_older_version_stays_with_that_version_until_it_changes()
    {
        var id = await SavedAsync(380115, house.GoodInput());
        int second;
        await using (var db = house.Database.NewContext())
        {
            var list = await db.Checklists.Include(row => row.Versions).SingleAsync(row => row.Key == "sistrip", Token);
            var version = new ChecklistVersion { Number = 2, Content = list.Versions[0].Content, CreatedAt = house.Time.GetUtcNow() };
            list.Versions.Add(version);
            await db.SaveChangesAsync(Token);
            second = version.Id;
        }

        var input = house.GoodInput();
        input.Answers["sistrip:errors"] = new AnswerInput { Value = "new ones" };
        Assert.IsType<SaveResult.Saved>(await EditAsync(id, input, sara));

        await using var after = house.Database.NewContext();
        var answers = await after.ChecklistAnswers.Where(answer => answer.CertificationId == id && answer.ChecklistVersion!.Checklist!.Key == "sistrip").ToListAsync(Token);
        Assert.Equal(3, answers.Count);
        Assert.Equal("errors", Assert.Single(answers, answer => answer.ChecklistVersionId == second).ItemKey);
    }

    private async Task AddAsync(string key, ChecklistContent content)
    {
        await using var db = house.Database.NewContext();
        var list = new Checklist { Key = key, Title = key, OnForm = true, Position = 99 };
        list.Versions.Add(new ChecklistVersion { Number = 1, Content = content, CreatedAt = house.Time.GetUtcNow() });
        db.Checklists.Add(list);
        await db.SaveChangesAsync(Token);
    }

    private Task<SaveResult> CreateAsync(int run, CertificationInput input) =>
        house.Get<CertificationDesk>().CreateAsync(run, Reconstruction.Express, input, sara, Token);

    private async Task<int> SavedAsync(int run, CertificationInput input) => Assert.IsType<SaveResult.Saved>(await CreateAsync(run, input)).Id;

    private async Task<SaveResult> EditAsync(int id, CertificationInput input, Actor actor)
    {
        await using var db = house.Database.NewContext();
        var version = await db.Certifications.Where(item => item.Id == id).Select(item => item.Version).SingleAsync(Token);
        return await house.Get<CertificationDesk>().EditAsync(id, version, input, null, actor, Token);
    }
}
