using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Scripts.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Scripts;

/// <summary>Making and changing scripts: versions, two people at the same script, and what the pages make of a definition.</summary>
public sealed class ScriptKeeperTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Actor adam = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        adam = await ActorAsync("adam", Role.Admin);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_new_script_has_a_first_version_and_stands_last_in_the_list()
    {
        var definition = (await LastAsync("tracker-maps")).Definition with { Help = "Mine" };

        var done = Assert.IsType<ScriptResult.Done>(await CreateAsync(" My-Maps ", " My maps ", definition));

        Assert.Equal(("my-maps", 1), (done.Key, done.Number));
        await using var db = database.NewContext();
        var script = await db.Scripts.Include(row => row.Versions).SingleAsync(row => row.Key == "my-maps", Token);
        Assert.Equal("My maps", script.Title);
        Assert.Equal(await db.Scripts.MaxAsync(row => row.Position, Token), script.Position);
        Assert.Equal((adam.UserId, "Mine"), (script.Versions.Single().CreatedById, script.Versions.Single().Definition.Help));
    }

    [Fact]
    public async Task A_change_makes_the_next_version_and_leaves_the_one_before_as_it_is()
    {
        var before = await LastAsync("tracker-maps");

        var done = Assert.IsType<ScriptResult.Done>(await ChangeAsync(1, before.Definition with { TimeLimitMinutes = 30 }, "It hangs sometimes"));

        Assert.Equal(2, done.Number);
        await using var db = database.NewContext();
        var versions = await db.ScriptVersions.Where(version => version.Script!.Key == "tracker-maps").OrderBy(version => version.Number).ToListAsync(Token);
        Assert.Equal([before.Definition.TimeLimitMinutes, 30], versions.Select(version => version.Definition.TimeLimitMinutes));
        Assert.Equal((adam.UserId, "It hangs sometimes"), (versions[1].CreatedById, versions[1].Note));
    }

    [Fact]
    public async Task Of_six_who_change_the_same_version_five_are_told_who_was_first()
    {
        var definition = (await LastAsync("tracker-maps")).Definition;

        var results = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => ChangeAsync(1, definition with { TimeLimitMinutes = number }, $"Change {number}")));

        Assert.Single(results.OfType<ScriptResult.Done>());
        var overtaken = results.OfType<ScriptResult.Overtaken>().ToList();
        Assert.Equal(5, overtaken.Count);
        Assert.All(overtaken, result => Assert.Equal((2, adam.Name), (result.Number, result.ByName)));
    }

    [Fact]
    public async Task A_change_of_title_and_place_alone_makes_no_version_and_needs_no_note()
    {
        var definition = (await LastAsync("tracker-maps")).Definition;

        var done = Assert.IsType<ScriptResult.Done>(await ChangeAsync(1, definition, null, "Maps", 7));

        Assert.Equal(1, done.Number);
        await using var db = database.NewContext();
        var script = await db.Scripts.SingleAsync(row => row.Key == "tracker-maps", Token);
        Assert.Equal(("Maps", 7), (script.Title, script.Position));
    }

    [Fact]
    public async Task A_changed_definition_needs_a_note_and_sense()
    {
        var definition = (await LastAsync("tracker-maps")).Definition;

        Assert.Equal("Note", Assert.Single(Assert.IsType<ScriptResult.Invalid>(await ChangeAsync(1, definition with { Side = 2 }, " ")).Errors).Field);
        Assert.Equal("Success.Pattern", Assert.Single(Assert.IsType<ScriptResult.Invalid>(await ChangeAsync(1, definition with { Success = new() { Pattern = "[" } }, "x")).Errors).Field);
        Assert.Equal(1, (await LastAsync("tracker-maps")).Number);
    }

    [Theory]
    [InlineData("tracker-maps")]
    [InlineData("TRACKER-maps")]
    [InlineData("new")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("")]
    public async Task A_short_name_is_new_and_fits_into_an_address(string key) =>
        Assert.Equal("Key", Assert.Single(Assert.IsType<ScriptResult.Invalid>(await CreateAsync(key, "Title", (await LastAsync("tracker-maps")).Definition)).Errors).Field);

    [Fact]
    public async Task An_expert_changes_no_script()
    {
        var eva = await ActorAsync("eva", Role.Expert, Role.ShiftLeader);
        var definition = (await LastAsync("tracker-maps")).Definition;
        await using var db = database.NewContext();
        var keeper = new ScriptKeeper(db, TimeProvider.System);

        Assert.IsType<ScriptResult.Refused>(await keeper.CreateAsync("mine", "Mine", definition, eva, Token));
        Assert.IsType<ScriptResult.Refused>(await keeper.ChangeAsync("tracker-maps", 1, null, "Mine", 1, definition, "x", eva, Token));
        Assert.IsType<ScriptResult.Refused>(await keeper.RetireAsync("tracker-maps", true, eva, Token));
    }

    [Fact]
    public async Task Two_versions_are_compared_field_by_field_in_words()
    {
        var before = (await LastAsync("tracker-maps")).Definition;
        var after = before with
        {
            Port = 2222,
            Runners = [Role.Expert, Role.Admin],
            Arguments =
            [
                new() { Name = "pause", Label = "Pause", Kind = ScriptArgumentKind.Integer, Keyword = "pause", Separator = KeywordSeparator.Equals, Min = 0, Max = 9, Required = false },
                before.Arguments[1] with { Max = 5 },
                before.Arguments[0],
            ],
            Outputs = [before.Outputs[1], before.Outputs[0] with { Pattern = @"\.jpg$" }],
            Success = before.Success with { ExitCodes = [2] },
        };

        var changes = ScriptDiff.Between(before, after);

        Assert.Equal(
            [
                new("Port", "22", "2222"),
                new("Argument runs, at most", "20", "5"),
                new("Argument pause", null, "Pause, whole number (0 to 9), --pause=…, may be left empty"),
                new("Order of the arguments", "type, runs", "runs, type"),
                new("Output Tracker maps, pattern", @"\.png$", @"\.jpg$"),
                new("Exit code of success", "says nothing", "2"),
                new("Run by", "everybody who may run scripts", "Expert, Administrator"),
            ],
            changes);
        Assert.Equal(new ScriptChange("Argument pause", "Pause, whole number (0 to 9), --pause=…, may be left empty", null), Assert.Single(ScriptDiff.Between(after, after with { Arguments = after.Arguments[1..] })));
        Assert.Equal("Order of the outputs", Assert.Single(ScriptDiff.Between(after, after with { Outputs = [after.Outputs[1], after.Outputs[0]] })).What);
        Assert.Empty(ScriptDiff.Between(before, before));
    }

    [Fact]
    public async Task No_change_of_a_definition_goes_unsaid()
    {
        var one = (await LastAsync("tracker-maps")).Definition;
        ScriptDefinition[] others =
        [
            one with { Help = "x" }, one with { Host = "x" }, one with { Port = 1 }, one with { Authentication = ScriptAuthentication.KeyboardInteractive },
            one with { Credential = "x" }, one with { Account = "x" }, one with { Directory = "x" }, one with { Command = "x" }, one with { TimeLimitMinutes = 1 },
            one with { Side = 9 }, one with { SideArgument = "type" }, one with { Retries = 1 }, one with { RetryDelayMinutes = 99 },
            one with { OutputLimitMegabytes = 7 }, one with { Runners = [Role.Admin] }, one with { Success = new() { Pattern = "x", ExitCodes = [], NeedsFiles = true } },
            one with { Success = one.Success with { NeedsFiles = false } }, one with { Success = one.Success with { ExitCodes = [1] } },
        ];

        Assert.All(others, other => Assert.Single(ScriptDiff.Between(one, other)));
        // Every property of a definition is above, or is a list that is compared on its own.
        Assert.Equal(18, typeof(ScriptDefinition).GetProperties().Length);
    }

    [Fact]
    public async Task What_the_form_makes_of_a_definition_is_the_definition()
    {
        await using var db = database.NewContext();
        var versions = await db.ScriptVersions.Include(version => version.Script).ToListAsync(Token);

        Assert.NotEmpty(versions);
        Assert.All(versions, version =>
        {
            var (definition, _, errors) = ScriptFields.Of(version.Definition).Read();
            Assert.Empty(errors);
            Assert.Equal(JsonSerializer.Serialize(version.Definition), JsonSerializer.Serialize(definition));
        });
    }

    [Fact]
    public void What_is_no_number_is_named_once_and_nothing_else_is_made_of_it()
    {
        var fields = ScriptFields.Of(new ScriptDefinition { Host = "h", Credential = "c", Command = "x", Outputs = [new() { Directory = "~", Pattern = "x" }], Arguments = [new() { Name = "n", Label = "N" }] });
        (fields.Port, fields.Side, fields.Position, fields.Success.ExitCodes) = ("22x", "", "99999999999", "0, two, 256");
        (fields.Outputs[0].MaxMegabytes, fields.Arguments[0].Min) = ("-1", "1.5");

        var errors = fields.Read().Errors;

        Assert.Equal(
            ["Arguments[0].Min", "Outputs[0].MaxMegabytes", "Port", "Position", "Side", "Success.ExitCodes", "Success.ExitCodes"],
            errors.Select(error => error.Field).Order(StringComparer.Ordinal));
    }

    private async Task<ScriptResult> CreateAsync(string key, string title, ScriptDefinition definition)
    {
        await using var db = database.NewContext();
        return await new ScriptKeeper(db, TimeProvider.System).CreateAsync(key, title, definition, adam, Token);
    }

    private async Task<ScriptResult> ChangeAsync(int from, ScriptDefinition definition, string? note, string title = "Tracker maps", int position = 10)
    {
        await using var db = database.NewContext();
        return await new ScriptKeeper(db, TimeProvider.System).ChangeAsync("tracker-maps", from, null, title, position, definition, note, adam, Token);
    }

    private async Task<ScriptVersion> LastAsync(string key)
    {
        await using var db = database.NewContext();
        return await db.ScriptVersions.AsNoTracking().Where(version => version.Script!.Key == key).OrderByDescending(version => version.Number).FirstAsync(Token);
    }

    private async Task<Actor> ActorAsync(string login, params Role[] roles)
    {
        var user = await new Samples(database).PersonAsync(login, "Person " + login, roles);
        return new Actor(user.Id, user.Login, user.Name, user.Roles);
    }
}
