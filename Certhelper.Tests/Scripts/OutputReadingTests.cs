using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Scripts;

public sealed class OutputReadingTests
{
    [Theory]
    [InlineData("fetching… 40%", 40)]
    [InlineData("\rfetching… 10%\rfetching… 30%", 30)]
    [InlineData("100.0 % done", 100)]
    [InlineData("250 % of what was planned", null)]
    [InlineData("nothing of it", null)]
    [InlineData("1.2.3% no number", null)]
    public void Progress_is_the_last_percentage(string line, int? percent) => Assert.Equal(percent, OutputReading.Percent(line));

    [Fact]
    public void Colours_do_not_hide_the_mark_of_success() =>
        Assert.True(OutputReading.Finds(Patterns.Compile("Plots are ready"), "\e[32mPlots \e[1mare\e[0m ready\e[0m"));

    [Fact]
    public void Secrets_are_masked_wherever_they_are_but_not_what_is_too_short_to_be_one()
    {
        Assert.Equal("login with ••• and •••!", OutputReading.Mask("login with s3cr3t! and s3cr3t!!", ["s3cr3t!", "ab"]));
        Assert.Equal("abba", OutputReading.Mask("abba", ["ab"]));
    }

    [Theory]
    [InlineData(2, true, null)]
    [InlineData(0, true, null)]
    [InlineData(2, false, "exit code 2")]
    public void The_script_of_tracker_maps_succeeds_by_what_it_says_and_not_by_its_code(int code, bool found, string? failure)
    {
        var said = SuccessRule.FailureOfCommand(new ScriptSuccess { ExitCodes = [], Pattern = "COMPLETED!" }, code, found);

        if (failure is null) Assert.Null(said);
        else Assert.Contains(failure, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_exit_code_fails_whatever_was_said() =>
        Assert.Contains("exit code 3", SuccessRule.FailureOfCommand(new ScriptSuccess { ExitCodes = [0], Pattern = "done" }, 3, true), StringComparison.Ordinal);
}
