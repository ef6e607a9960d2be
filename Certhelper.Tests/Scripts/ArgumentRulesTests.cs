using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Scripts;

public sealed class ArgumentRulesTests
{
    private static readonly ScriptDefinition Definition = new()
    {
        Arguments =
        [
            new() { Name = "type", Label = "Type", Kind = ScriptArgumentKind.Choice, Choices = ["ZeroBias", "Cosmics"] },
            new() { Name = "title", Label = "Title", Kind = ScriptArgumentKind.Text, Keyword = "title", Separator = KeywordSeparator.Equals, Required = false, Max = 20 },
            new() { Name = "runs", Label = "Runs", Kind = ScriptArgumentKind.RunList, Max = 5 },
            new() { Name = "bins", Label = "Bins", Kind = ScriptArgumentKind.Integer, Keyword = "bins", Min = 1, Max = 100, Required = false },
        ],
    };

    [Fact]
    public void D_97_D_98_Words_go_by_the_definition_and_not_by_the_order_in_which_they_arrive()
    {
        var (given, errors) = Read(("runs", "380116-380118, 380115"), ("bins", "10"), ("title", "two words"), ("type", "ZeroBias"));

        Assert.Empty(errors);
        Assert.Equal(["ZeroBias", "380115", "380116", "380117", "380118", "--title=two words", "--bins", "10"], given!.Words);
        Assert.Equal([380115, 380116, 380117, 380118], given.Runs);
        Assert.Equal("380115, 380116, 380117, 380118", given.Values["runs"]);
    }

    [Fact]
    public void D_99_Each_argument_is_checked_by_its_own_kind()
    {
        var (given, errors) = Read(("type", "Nonsense"), ("runs", "abc"), ("bins", "1.5"), ("title", new string('x', 21)));

        Assert.Null(given);
        Assert.Equal(["type", "title", "runs", "bins"], errors.Select(error => error.Field));
    }

    [Fact]
    public void What_may_be_left_out_leaves_no_word() => Assert.Equal(["Cosmics", "380115"], Read(("type", "Cosmics"), ("runs", "380115")).Given!.Words);

    [Theory]
    [InlineData("runs", "")]
    [InlineData("runs", "380115-380125")]
    [InlineData("runs", "380118-380115")]
    [InlineData("runs", "0")]
    [InlineData("runs", "1234567")]
    [InlineData("runs", "-380115")]
    [InlineData("runs", "380115; rm -rf /")]
    [InlineData("type", "ZeroBias ; id")]
    [InlineData("type", "zerobias")]
    [InlineData("bins", "0")]
    [InlineData("bins", "101")]
    [InlineData("bins", "٣")]
    [InlineData("bins", "0x10")]
    [InlineData("title", "-rf")]
    [InlineData("title", "a\nb")]
    [InlineData("title", "a\0b")]
    [InlineData("title", "a\u2028b")]
    public void D_108_A_wrong_value_is_an_error_at_its_field(string name, string value)
    {
        var values = new Dictionary<string, string?> { ["type"] = "ZeroBias", ["runs"] = "380115", [name] = value };

        var (given, errors) = ArgumentRules.Read(Definition, values);

        Assert.Null(given);
        Assert.Equal(name, Assert.Single(errors).Field);
    }

    [Fact]
    public void A_pattern_must_match_the_whole_text()
    {
        var definition = new ScriptDefinition { Arguments = [new() { Name = "id", Label = "Id", Kind = ScriptArgumentKind.Text, Pattern = "[0-9]{9}" }] };

        Assert.NotNull(ArgumentRules.Read(definition, new Dictionary<string, string?> { ["id"] = "369157164" }).Given);
        Assert.Null(ArgumentRules.Read(definition, new Dictionary<string, string?> { ["id"] = "369157164x" }).Given);
        Assert.Null(ArgumentRules.Read(definition, new Dictionary<string, string?> { ["id"] = "369157164|x" }).Given);
    }

    [Fact]
    public void A_pattern_that_never_ends_refuses()
    {
        var definition = new ScriptDefinition { Arguments = [new() { Name = "id", Label = "Id", Kind = ScriptArgumentKind.Text, Pattern = "(a+)+b" }] };

        Assert.Null(ArgumentRules.Read(definition, new Dictionary<string, string?> { ["id"] = new string('a', 60) }).Given);
    }

    private static (GivenArguments? Given, IReadOnlyList<Core.Certification.FieldError> Errors) Read(params (string Name, string Value)[] values) =>
        ArgumentRules.Read(Definition, values.ToDictionary(value => value.Name, value => (string?)value.Value));
}
