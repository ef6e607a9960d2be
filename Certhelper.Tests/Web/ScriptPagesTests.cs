using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Scripts: the list, the form that is made of a definition, and what comes of it.</summary>
public sealed class ScriptPagesTests(WebSite site) : IClassFixture<WebSite>
{
    private ExecutionSamples Executions => new(site.Database);

    [Fact]
    public async Task The_list_says_what_runs_now_and_how_it_went_last()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition() with { Help = "Draws something. More of it below." });
        var ended = await Executions.RunningAsync(sara.User!.Id, key);
        await Executions.EndAsync(ended, ExecutionState.Failed, 3, "It ended with exit code 3.");
        var running = await Executions.RunningAsync(sara.User.Id, key);

        var page = await sara.GetAsync("/scripts");
        var row = page.Document.QuerySelectorAll("tbody tr").Single(item => item.InnerHtml.Contains(key, StringComparison.Ordinal));

        Assert.Contains("Draws something.", row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("More of it below", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("vocms066", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("running", row.QuerySelector($"a[href='/executions/{running}'] .status-words")!.FirstChild!.TextContent);
        Assert.Equal("failed", row.QuerySelector($"a[href='/executions/{ended}']")!.TextContent.Trim());
        Assert.NotNull(row.QuerySelector($"a.btn-primary[href='/scripts/{key}']"));
    }

    [Fact]
    public async Task A_retired_script_is_not_listed_and_cannot_be_started()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition());
        await using (var db = site.Database.NewContext())
        {
            var now = TimeProvider.System.GetUtcNow();
            await db.Scripts.Where(item => item.Key == key).ExecuteUpdateAsync(set => set.SetProperty(item => item.RetiredAt, now), TestContext.Current.CancellationToken);
        }

        var list = await sara.GetAsync("/scripts");
        var page = await sara.GetAsync("/scripts/" + key);
        var answer = await sara.PressAsync("/scripts/" + key);

        Assert.DoesNotContain(key, list.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#run"));
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(0, await CountAsync(key));
    }

    [Fact]
    public async Task F163_each_kind_has_its_control_with_default_limits_and_help()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition(
            new ScriptArgument { Name = "count", Label = "How many", Kind = ScriptArgumentKind.Integer, Min = 1, Max = 20, Default = "5" },
            new ScriptArgument { Name = "type", Label = "Type", Kind = ScriptArgumentKind.Choice, Choices = ["ZeroBias", "Cosmics"], Default = "Cosmics" },
            new ScriptArgument { Name = "word", Label = "Word", Kind = ScriptArgumentKind.Text, Max = 30, Required = false, Help = "As in Run2024" },
            new ScriptArgument { Name = "runs", Label = "Runs", Kind = ScriptArgumentKind.RunList, Max = 7 }));

        var page = await sara.GetAsync($"/scripts/{key}?runs=380115&type=ZeroBias");

        var count = page.Find("#arg_count");
        Assert.Equal(("number", "1", "20", "5"), (count.GetAttribute("type"), count.GetAttribute("min"), count.GetAttribute("max"), count.GetAttribute("value")));
        Assert.Contains("from 1 to 20", page.Find("#arg_count-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal("ZeroBias", ((AngleSharp.Html.Dom.IHtmlSelectElement)page.Find("#arg_type")).Value);
        Assert.Equal("30", page.Find("#arg_word").GetAttribute("maxlength"));
        Assert.Equal("As in Run2024", page.Find("#arg_word").GetAttribute("placeholder"));
        Assert.Contains("optional", page.Find("label[for=arg_word]").TextContent, StringComparison.Ordinal);
        Assert.Equal("380115", page.Find("#arg_runs").GetAttribute("value"));
        Assert.Contains("at most 7 runs", page.Find("#arg_runs-hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F164_D103_what_is_wrong_is_said_at_its_field_everything_typed_stays_and_nothing_runs()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition(
            new ScriptArgument { Name = "count", Label = "How many", Kind = ScriptArgumentKind.Integer, Max = 20 },
            new ScriptArgument { Name = "word", Label = "Word", Kind = ScriptArgumentKind.Text, Pattern = "[a-z]+" },
            new ScriptArgument { Name = "runs", Label = "Runs", Kind = ScriptArgumentKind.RunList }));

        var page = await sara.SubmitAsync("/scripts/" + key, "#script-form", ("arg.count", "many <b>"), ("arg.word", "$(rm -rf ~)"), ("arg.runs", "380115"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("many <b>", page.Find("#arg_count").GetAttribute("value"));
        Assert.Equal("$(rm -rf ~)", page.Find("#arg_word").GetAttribute("value"));
        Assert.Equal("380115", page.Find("#arg_runs").GetAttribute("value"));
        Assert.Contains("whole number", page.Find("#arg_count-error").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#arg_word-error"));
        Assert.Null(page.Document.QuerySelector("#arg_runs-error"));
        Assert.Equal(["#arg_count", "#arg_word"], page.Document.QuerySelectorAll(".summary-wrong a").Select(link => link.GetAttribute("href")));
        Assert.Equal(0, await CountAsync(key));
    }

    [Fact]
    public async Task F165_D100_a_run_is_a_row_with_the_words_in_their_order_and_leads_to_its_page()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var answer = await sara.SubmitAsync("/scripts/tracker-maps", "#script-form", ("arg.type", "ZeroBias"), ("arg.runs", "390118, 390115-390116"));

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        var page = await sara.GetAsync(answer.Location!);
        await using var db = site.Database.NewContext();
        var row = await db.Executions.SingleAsync(item => item.StartedById == sara.User!.Id, TestContext.Current.CancellationToken);
        Assert.Equal($"/executions/{row.Id}", answer.Location);
        Assert.Equal(["bash", "tkmapsFromCertHelper.sh", "ZeroBias", "390115", "390116", "390118"], row.Words);
        Assert.Contains("cd '/data/users/event_display/ShiftRun3/TkMapGeneration/CMS'* && bash tkmapsFromCertHelper.sh ZeroBias 390115 390116 390118", page.Words, StringComparison.Ordinal);
        Assert.Contains("waiting", page.Find("#execution-state").TextContent, StringComparison.Ordinal);
        Assert.Contains("390116", (await sara.GetAsync("/runs/390116")).Find("section[aria-label=Scripts]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F167_the_same_again_leads_to_what_is_under_way_and_starts_nothing()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition(new ScriptArgument { Name = "runs", Label = "Runs", Kind = ScriptArgumentKind.RunList }));
        var first = await sara.SubmitAsync("/scripts/" + key, "#script-form", ("arg.runs", "380115"));

        var second = await tomas.SubmitAsync("/scripts/" + key, "#script-form", ("arg.runs", " 380115 "));
        var page = await tomas.GetAsync(second.Location!);

        Assert.Equal(first.Location, second.Location);
        Assert.Contains("under way already", page.Toasts, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_command_is_shown_as_the_host_would_get_it_and_nothing_is_started(bool script)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition(new ScriptArgument { Name = "word", Label = "Word", Kind = ScriptArgumentKind.Text }));
        var fields = (await sara.GetAsync("/scripts/" + key)).Fields("#script-form", ("arg.word", "it's $HOME; rm"));

        var page = await sara.PostAsync($"/scripts/{key}?handler=command", fields, script ? [("HX-Request", "true")] : []);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(@"cd '/data/practice' && bash it.sh 'it'\''s $HOME; rm'", page.Find("#command pre code").TextContent);
        Assert.Equal("it's $HOME; rm", page.Find("#arg_word").GetAttribute("value"));
        Assert.Equal(0, await CountAsync(key));
    }

    [Fact]
    public async Task Whoever_the_definition_leaves_out_is_told_who_may_and_cannot_start_it()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var eva = await site.SignedInAsAsync(Role.Expert);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition() with { Runners = [Role.Expert, Role.Admin] });

        var page = await sara.GetAsync("/scripts/" + key);
        var answer = await sara.PressAsync("/scripts/" + key);
        var allowed = await eva.PressAsync("/scripts/" + key);

        Assert.Contains("Only Expert or Administrator may run this script", page.Words, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#run"));
        Assert.NotNull(page.Document.QuerySelector("#show-command"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.StartsWith("/executions/", allowed.Location, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(key));
    }

    [Fact]
    public async Task Help_is_Markdown_and_folds()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var key = await Executions.ScriptAsync(ExecutionSamples.Definition() with { Help = "Takes **long**. <script>alert(1)</script> [Maps](/maps) [bad](javascript:alert(1))" });

        var page = await sara.GetAsync("/scripts/" + key);

        Assert.Equal("long", page.Find("details.help-box strong").TextContent);
        Assert.Equal("/maps", page.Find("details.help-box a").GetAttribute("href"));
        Assert.Single(page.Document.QuerySelectorAll("details.help-box a"));
        Assert.Null(page.Document.QuerySelector("details.help-box script"));
    }

    [Fact]
    public async Task The_list_asks_the_database_as_often_for_many_as_for_few()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        await sara.GetAsync("/scripts");
        var few = await CostAsync();
        for (var i = 0; i < 8; i++)
        {
            var key = await Executions.ScriptAsync(ExecutionSamples.Definition());
            await Executions.RunningAsync(sara.User!.Id, key);
            await Executions.EndAsync(await Executions.RunningAsync(sara.User.Id, key));
        }

        Assert.Equal(few, await CostAsync());

        async Task<int> CostAsync()
        {
            var before = site.Commands.Count;
            Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync("/scripts")).Status);
            return site.Commands.Count - before;
        }
    }

    private async Task<int> CountAsync(string key)
    {
        await using var db = site.Database.NewContext();
        return await db.Executions.CountAsync(item => item.Script!.Key == key);
    }
}
