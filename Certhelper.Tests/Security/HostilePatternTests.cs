using System.Text.RegularExpressions;
using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Security;

/// <summary>Patterns that administrators write, and texts that make them search for ever.</summary>
public sealed class HostilePatternTests
{
    // Hours without a limit; each further letter doubles it.
    private static readonly string Text = new string('a', 40) + "!";

    [Theory]
    [InlineData("(a+)+")]
    [InlineData("(a|a)*")]
    [InlineData("(?P<run>(a*)*)b")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    public async Task A_pattern_that_explodes_refuses_the_text_and_holds_nothing_up(string pattern)
    {
        var definition = new ScriptDefinition { Arguments = [new() { Name = "dataset", Label = "Dataset", Kind = ScriptArgumentKind.Text, Pattern = pattern }] };

        // In a task of its own: without the limit this test would not end by itself.
        var work = Task.Run(() => ArgumentRules.Read(definition, new Dictionary<string, string?> { ["dataset"] = Text }), TestContext.Current.CancellationToken);
        var (given, errors) = await work.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Null(given);
        Assert.Equal("dataset", Assert.Single(errors).Field);
    }

    [Fact]
    public async Task A_pattern_for_names_of_files_that_explodes_finds_none()
    {
        var work = Task.Run(
            () =>
            {
                try
                {
                    return Patterns.Compile("^(a+)+$").IsMatch(Text);
                }
                catch (RegexMatchTimeoutException)
                {
                    return false;
                }
            },
            TestContext.Current.CancellationToken);

        Assert.False(await work.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }
}
