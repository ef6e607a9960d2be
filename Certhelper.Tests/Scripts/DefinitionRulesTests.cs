using Certhelper.Core.Scripts;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Scripts;

public sealed class DefinitionRulesTests
{
    private static readonly ScriptDefinition Good = new()
    {
        Host = "vocms066",
        Credential = "vocms066",
        Command = "bash maps.sh",
        Arguments = [new() { Name = "runs", Label = "Runs", Kind = ScriptArgumentKind.RunList }],
        Outputs = [new() { Directory = "{root}/{run}", Pattern = @"\.png$", Kind = ScriptOutputKind.Image, TrackerMaps = true }],
    };

    public static TheoryData<string, Func<ScriptDefinition, ScriptDefinition>> Wrong { get; } = new()
    {
        { "Host", it => it with { Host = "host; id" } },
        { "Host", it => it with { Host = "" } },
        { "Port", it => it with { Port = 70_000 } },
        { "Credential", it => it with { Credential = "../secret" } },
        { "Account", it => it with { Account = "-oProxyCommand=id" } },
        { "Command", it => it with { Command = "" } },
        { "Command", it => it with { Command = "bash 'open" } },
        { "Directory", it => it with { Directory = "a\nb" } },
        { "Success.Pattern", it => it with { Success = new() { Pattern = "(" } } },
        { "Success.ExitCodes", it => it with { Success = new() { ExitCodes = [] } } },
        { "Success.NeedsFiles", it => it with { Outputs = [], Success = new() { NeedsFiles = true } } },
        { "SideArgument", it => it with { SideArgument = "nothing" } },
        { "TimeLimitMinutes", it => it with { TimeLimitMinutes = 0 } },
        { "Arguments[0].Name", it => it with { Arguments = [it.Arguments[0] with { Name = "Run Number" }] } },
        { "Arguments[1].Name", it => it with { Arguments = [it.Arguments[0], it.Arguments[0]] } },
        { "Arguments[0].Default", it => it with { Arguments = [it.Arguments[0] with { Default = "abc" }] } },
        { "Arguments[1].Choices", it => it with { Arguments = [it.Arguments[0], new() { Name = "type", Label = "Type", Kind = ScriptArgumentKind.Choice }] } },
        { "Arguments[1].Default", it => it with { Arguments = [it.Arguments[0], new() { Name = "type", Label = "Type", Kind = ScriptArgumentKind.Choice, Choices = ["a"], Default = "b" }] } },
        { "Arguments[0].Keyword", it => it with { Arguments = [it.Arguments[0] with { Keyword = "--runs" }] } },
        { "Outputs[0].Pattern", it => it with { Outputs = [it.Outputs[0] with { Pattern = "[" }] } },
        { "Outputs[0].Directory", it => it with { Outputs = [it.Outputs[0] with { Directory = "/{nothing}" }] } },
        { "Outputs[0].TrackerMaps", it => it with { Outputs = [it.Outputs[0] with { Kind = ScriptOutputKind.Text }] } },
    };

    [Fact]
    public void A_good_definition_has_no_error() => Assert.Empty(DefinitionRules.Check(Good));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void D_107_A_wrong_definition_is_refused_at_its_field(string field, Func<ScriptDefinition, ScriptDefinition> change) =>
        Assert.Equal(field, Assert.Single(DefinitionRules.Check(change(Good))).Field);

    [Fact]
    public async Task Scripts_of_a_new_installation_are_good()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.NewContext();

        var versions = await db.ScriptVersions.Include(version => version.Script).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Contains(versions, version => version.Script!.Key == "tracker-maps");
        Assert.Contains(versions, version => version.Script!.Key == "single-module-occupancy");
        Assert.All(versions, version => Assert.Empty(DefinitionRules.Check(version.Definition)));
    }
}
