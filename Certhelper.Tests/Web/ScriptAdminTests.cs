using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The pages on which administrators define scripts.</summary>
public sealed class ScriptAdminTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.script-editor";
    private const string New = "/admin/scripts/new";
    private const string Occupancy = "/admin/scripts/single-module-occupancy";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F157_F158_F159_F160_a_script_is_defined_with_arguments_and_outputs_shown_changed_compared_and_retired()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);

        var page = await adam.GetAsync(New);
        foreach (var act in new[] { "argument-add", "argument-add", "argument-add", "output-add" })
            page = await adam.PostAsync(New, page.Fields(Form, ("act", act)));
        var made = await adam.PostAsync(New, page.Fields(
            Form,
            ("Fields.Title", "Hits <b>"), ("Fields.Key", "hits"), ("Fields.Help", "**Slow** <script>alert(1)</script>"), ("Fields.Host", "vocms067"), ("Fields.Port", "2222"),
            ("Fields.Credential", "vocms067"), ("Fields.Authentication", "KeyboardInteractive"), ("Fields.Directory", "~/hits"), ("Fields.Command", "bash 'hit eff.sh' -v"),
            ("Fields.Arguments[0].Name", "run"), ("Fields.Arguments[0].Label", "Run"), ("Fields.Arguments[0].Kind", "Integer"), ("Fields.Arguments[0].Min", "1"), ("Fields.Arguments[0].Max", "999999"), ("Fields.Arguments[0].Help", "A number"),
            ("Fields.Arguments[1].Name", "layer"), ("Fields.Arguments[1].Label", "Layer"), ("Fields.Arguments[1].Kind", "Choice"), ("Fields.Arguments[1].Choices", "TIB\r\nTOB\r\n\r\nTEC"), ("Fields.Arguments[1].Default", "TOB"), ("Fields.Arguments[1].Keyword", "layer"), ("Fields.Arguments[1].Separator", "Equals"), ("Fields.Arguments[1].Required", null),
            ("Fields.Arguments[2].Name", "note"), ("Fields.Arguments[2].Label", "Note"), ("Fields.Arguments[2].Keyword", "note"), ("Fields.Arguments[2].Pattern", "[a-z ]+"),
            ("Fields.Outputs[0].Directory", "~/hits/{run}"), ("Fields.Outputs[0].Pattern", @"(?P<arg1>\d+)_(?P<layer>\w+)\.png"), ("Fields.Outputs[0].MaxMegabytes", "3"),
            ("Fields.Success.ExitCodes", "0 2"), ("Fields.Runners", "Expert")));
        var shown = await adam.GetAsync("/admin/scripts/hits");
        await adam.SubmitAsync("/admin/scripts/hits/edit", Form, ("Fields.TimeLimitMinutes", "7"), ("Fields.Note", "It is quick"));
        var compared = await adam.GetAsync("/admin/scripts/hits?version=2&with=1");
        var retired = await adam.PostAsync("/admin/scripts/hits/retire", compared.Fields("form[action$='/retire']"));
        var list = await adam.GetAsync("/admin/scripts");
        await adam.PostAsync("/admin/scripts/hits/retire", (await adam.GetAsync("/admin/scripts/hits")).Fields("form[action$='/retire']"));

        Assert.Equal("/admin/scripts/hits", made.Location);
        await using var db = site.Database.NewContext();
        var versions = await db.ScriptVersions.Include(version => version.Script).Where(version => version.Script!.Key == "hits").OrderBy(version => version.Number).ToListAsync(Token);
        var definition = versions[0].Definition;
        Assert.Equal(("vocms067", 2222, ScriptAuthentication.KeyboardInteractive, "bash 'hit eff.sh' -v"), (definition.Host, definition.Port, definition.Authentication, definition.Command));
        Assert.Equal(["run", "layer", "note"], definition.Arguments.Select(argument => argument.Name));
        Assert.Equal((1L, 999_999L, true), (definition.Arguments[0].Min, definition.Arguments[0].Max, definition.Arguments[0].Required));
        Assert.Equal(["TIB", "TOB", "TEC"], definition.Arguments[1].Choices);
        Assert.Equal((KeywordSeparator.Equals, false), (definition.Arguments[1].Separator, definition.Arguments[1].Required));
        Assert.Equal(3, definition.Outputs.Single().MaxMegabytes);
        Assert.Equal([0, 2], definition.Success.ExitCodes);
        Assert.Equal([Role.Expert], definition.Runners);
        Assert.Equal((7, "It is quick", adam.User!.Id), (versions[1].Definition.TimeLimitMinutes, versions[1].Note, versions[1].CreatedById));
        Assert.Null(versions[0].Script!.RetiredAt);

        Assert.Contains("Hits <b>", shown.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Null(shown.Document.QuerySelector("main script"));
        Assert.Contains("--layer=…", shown.Words, StringComparison.Ordinal);
        Assert.Contains("Scripts:Credentials:vocms067:Password or PasswordFile", shown.Words, StringComparison.Ordinal);
        Assert.Equal("Time limit", compared.Find(".script-changes dt").TextContent);
        Assert.Equal(("was: 120 minutes", "is: 7 minutes"), (compared.Find(".script-changes del").TextContent, compared.Find(".script-changes ins").TextContent));
        Assert.Equal("/admin/scripts/hits", retired.Location);
        Assert.Contains("Retired at", (await adam.GetAsync("/admin/scripts/hits")).Find("section[aria-labelledby=history-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("retired", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_has_everything_but_the_names()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);

        var copy = await adam.SubmitAsync(New + "?copy=single-module-occupancy", Form, ("Fields.Title", "Other occupancy"));
        var named = await adam.PostAsync(New, copy.Fields(Form, ("Fields.Key", "other-occupancy")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, copy.Status);
        Assert.NotEmpty(copy.Find("#Fields_Key-error").TextContent);
        Assert.Equal("/admin/scripts/other-occupancy", named.Location);
        var one = await DefinitionAsync("single-module-occupancy");
        Assert.Empty(ScriptDiff.Between(one, await DefinitionAsync("other-occupancy")));
        Assert.Equal(HttpStatusCode.NotFound, (await adam.GetAsync(New + "?copy=no-such")).Status);
    }

    [Theory]
    [InlineData("Outputs[0].Pattern", "(?P<arg1>\\w+", "This is no regular expression")]
    [InlineData("Success.Pattern", "*", "This is no regular expression")]
    [InlineData("Arguments[0].Pattern", "[", "This is no regular expression")]
    [InlineData("Arguments[2].Default", "many", "This is a whole number")]
    [InlineData("Arguments[1].Default", "Other", "Choose one of")]
    [InlineData("Arguments[1].Choices", " ", "Name at least one choice.")]
    [InlineData("Arguments[2].Min", "lots", "This is a whole number")]
    [InlineData("Arguments[3].Name", "reco", "Another argument has this name.")]
    [InlineData("Command", "bash 'x", "A quote is opened and not closed.")]
    [InlineData("Port", "ssh", "A whole number is needed")]
    [InlineData("Credential", "a b", "The name under which")]
    [InlineData("Success.ExitCodes", "0, bad", "“bad” is no exit code")]
    [InlineData("SideArgument", "nobody", "There is no argument of this name.")]
    [InlineData("Title", "", "Give it a title.")]
    [InlineData("Note", "", "Say what changes and why")]
    public async Task D107_F161_a_mistake_is_named_at_its_field_nothing_is_saved_and_what_was_typed_stays(string field, string value, string message)
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var before = await CountAsync();
        var name = "Fields." + field;
        var id = name.Replace('.', '_').Replace('[', '_').Replace(']', '_');

        var page = await adam.SubmitAsync(Occupancy + "/edit", Form, ("Fields.Help", "typed"), ("Fields.Note", "why"), (name, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(message, page.Find($"#{id}-error").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll(".summary-wrong a"), link => link.GetAttribute("href") == "#" + id);
        Assert.Equal(value.Trim(), page.Fields(Form)[name].Trim());
        Assert.Equal("typed", page.Fields(Form)["Fields.Help"].Trim());
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Who_is_overtaken_is_told_keeps_what_was_typed_and_can_save_all_the_same()
    {
        const string url = "/admin/scripts/practice-slow";
        var adam = await site.SignedInAsAsync(Role.Admin);
        var eva = await site.SignedInAsAsync(Role.Admin);
        var opened = await adam.GetAsync(url + "/edit");
        await eva.SubmitAsync(url + "/edit", Form, ("Fields.Help", "By Eva"), ("Fields.Note", "Shorter"));

        var told = await adam.PostAsync(url + "/edit", opened.Fields(Form, ("Fields.Help", "By Adam"), ("Fields.Note", "Longer")));
        var again = await adam.PostAsync(url + "/edit", told.Fields(Form));

        Assert.Equal(HttpStatusCode.Conflict, told.Status);
        Assert.Contains($"{eva.User!.Name} has saved version 2 meanwhile", told.Words, StringComparison.Ordinal);
        Assert.Equal(url + "?version=2&with=1", told.Find("[role=alert] a").GetAttribute("href"));
        Assert.Equal("By Adam", told.Fields(Form)["Fields.Help"].Trim());
        Assert.Equal(url, again.Location);
        Assert.Equal("By Adam", (await DefinitionAsync("practice-slow")).Help);
    }

    [Fact]
    public async Task A_title_that_somebody_else_changed_meanwhile_is_not_replaced_unseen()
    {
        const string url = "/admin/scripts/practice-quick";
        var adam = await site.SignedInAsAsync(Role.Admin);
        var opened = await adam.GetAsync(url + "/edit");
        await adam.SubmitAsync(url + "/edit", Form, ("Fields.Title", "Quickly"));

        var told = await adam.PostAsync(url + "/edit", opened.Fields(Form, ("Fields.Title", "Quicker")));
        var between = (await adam.GetAsync(url)).Find("h1").TextContent;
        var again = await adam.PostAsync(url + "/edit", told.Fields(Form));

        Assert.Equal(HttpStatusCode.Conflict, told.Status);
        Assert.Contains("It is “Quickly” at place", told.Words, StringComparison.Ordinal);
        Assert.Equal("Quicker", told.Fields(Form)["Fields.Title"]);
        Assert.Equal("Quickly", between);
        Assert.Equal(url, again.Location);
    }

    [Fact]
    public async Task Adding_moving_and_removing_saves_nothing_and_loses_nothing()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var before = await CountAsync();
        var page = await adam.GetAsync(Occupancy + "/edit");

        page = await PressAsync(page, "argument-down:0", ("Fields.Note", "typed"), ("Fields.Port", "wrong"));
        page = await PressAsync(page, "output-add");
        page = await PressAsync(page, "output-up:1");
        page = await PressAsync(page, "argument-remove:3");
        var nonsense = await PressAsync(page, "argument-up:99");
        foreach (var act in new[] { "argument-remove:-1", "output-down:1", "x", ":", "argument-remove:99999999999" }) nonsense = await PressAsync(nonsense, act);

        var fields = nonsense.Fields(Form);
        Assert.Equal(["reco", "period", "run"], Enumerable.Range(0, 3).Select(i => fields[$"Fields.Arguments[{i}].Name"]));
        Assert.False(fields.ContainsKey("Fields.Arguments[3].Name"));
        Assert.Equal(("", "Occupancy"), (fields["Fields.Outputs[0].Description"], fields["Fields.Outputs[1].Description"]));
        Assert.Equal(("typed", "wrong"), (fields["Fields.Note"], fields["Fields.Port"]));
        Assert.Equal(before, await CountAsync());

        async Task<WebPage> PressAsync(WebPage from, string act, params (string, string?)[] typed)
        {
            var next = await adam.PostAsync(Occupancy + "/edit", from.Fields(Form, [.. typed, ("act", act)]));
            Assert.Equal(HttpStatusCode.OK, next.Status);
            return next;
        }
    }

    [Fact]
    public async Task A_dry_run_shows_the_exact_command_line_and_does_nothing()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var page = await adam.GetAsync(Occupancy + "/edit");
        var before = await CountAsync();

        var edited = await adam.PostAsync(Occupancy + "/edit", page.Fields(
            Form, ("Fields.Command", "bash other.sh --in 'a b'"), ("Fields.Arguments[2].Sample", "380115"), ("Fields.Arguments[3].Sample", "369157164 369157168"), ("act", "dry-run")));
        var wrong = await adam.PostAsync(Occupancy + "/edit", page.Fields(Form, ("Fields.Arguments[2].Sample", "380115; id"), ("act", "dry-run")));
        var first = await adam.GetAsync(Occupancy);
        var tried = await adam.GetAsync(Occupancy + "?value-period=Run2024&value-reco=ZeroBias&value-run=380115&value-modules=369157164");
        var refused = await adam.GetAsync(Occupancy + "?value-period=$(id)&value-reco=ZeroBias&value-run=&value-modules=1");

        Assert.EndsWith("bash other.sh --in 'a b' Run2024 StreamExpress 380115 '369157164 369157168'", edited.Find(".dry-run pre").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("in /data/users/event_display/ShiftRun3/SingleModuleOccupancy", edited.Find(".dry-run pre").TextContent, StringComparison.Ordinal);
        Assert.Contains("whole number", wrong.Find("#Fields_Arguments_2__Sample-error").TextContent, StringComparison.Ordinal);
        Assert.Null(wrong.Document.QuerySelector(".dry-run"));
        Assert.Null(first.Document.QuerySelector(".dry-run"));
        Assert.Null(first.Document.QuerySelector(".field-error"));
        Assert.EndsWith("bash singleModuleOccupancyCertHelper.sh Run2024 ZeroBias 380115 369157164", tried.Find(".dry-run pre").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(3, refused.Document.QuerySelectorAll("#dry-run .field-error").Length);
        Assert.Equal("$(id)", refused.Find("#value-period").GetAttribute("value"));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task The_connection_is_tested_by_an_execution_that_is_shown()
    {
        const string url = "/admin/scripts/practice-failing";
        var adam = await site.SignedInAsAsync(Role.Admin);
        var form = (await adam.GetAsync(url)).Fields("form[action$='/test']");

        var first = await adam.PostAsync(url + "/test", form);
        var second = await adam.PostAsync(url + "/test", form);

        await using var db = site.Database.NewContext();
        var execution = await db.Executions.SingleAsync(row => row.Script!.Key == "practice-failing", Token);
        Assert.Equal(ExecutionKind.ConnectionTest, execution.Kind);
        Assert.Equal("/executions/" + execution.Id.ToString(CultureInfo.InvariantCulture), first.Location);
        Assert.Equal(first.Location, second.Location);
    }

    [Fact]
    public async Task Nobody_but_administrators_sees_or_changes_definitions_and_no_post_goes_without_its_token()
    {
        const string url = "/admin/scripts/practice-quick";
        var eva = await site.SignedInAsAsync(Role.Expert, Role.ShiftLeader, Role.Ops);
        var adam = await site.SignedInAsAsync(Role.Admin);
        var before = await CountAsync();

        foreach (var address in new[] { "/admin/scripts", New, url, url + "/edit" })
            Assert.Equal(HttpStatusCode.Forbidden, (await eva.GetAsync(address)).Status);
        foreach (var address in new[] { New, url + "/edit", url + "/retire", url + "/test" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await eva.PressAsync(address)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await adam.PostAsync(address, new() { ["Retired"] = "true" })).Status);
        }

        Assert.DoesNotContain("/admin/scripts", (await eva.GetAsync("/")).Find("#rail").InnerHtml, StringComparison.Ordinal);
        Assert.Contains("/admin/scripts", (await adam.GetAsync("/")).Find("#rail").InnerHtml, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await adam.GetAsync("/admin/scripts/no-such")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await adam.GetAsync(url + "?version=99")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await adam.PressAsync("/admin/scripts/no-such/test")).Status);
    }

    private async Task<ScriptDefinition> DefinitionAsync(string key)
    {
        await using var db = site.Database.NewContext();
        return await db.ScriptVersions.Where(version => version.Script!.Key == key).OrderByDescending(version => version.Number).Select(version => version.Definition).FirstAsync(Token);
    }

    /// <summary>Everything that a page here could have added.</summary>
    private async Task<(int Scripts, int Versions, int Executions, int Retired)> CountAsync()
    {
        await using var db = site.Database.NewContext();
        return (await db.Scripts.CountAsync(Token), await db.ScriptVersions.CountAsync(Token), await db.Executions.CountAsync(Token), await db.Scripts.CountAsync(script => script.RetiredAt != null, Token));
    }
}
