using Certhelper.AppHost.LocalEngine;

namespace Certhelper.Tests.AppHost;

public sealed class LogRingTests
{
    [Fact]
    public void Only_the_last_twenty_lines_are_kept()
    {
        var ring = new LogRing();

        for (var i = 1; i <= 25; i++) ring.Add($"line {i}");

        Assert.Equal(Enumerable.Range(6, 20).Select(i => $"line {i}"), ring.Lines);
    }

    [Fact]
    public void Own_words_of_a_process_say_more_than_its_stack()
    {
        var ring = new LogRing();
        ring.Add("Unhandled exception. System.Exception: no");
        ring.Add("Certhelper cannot start: Sso:Authority is not set.");
        ring.Add("   at Program.Main()");

        Assert.Equal("Sso:Authority is not set.", ring.TellingLine);
    }

    [Fact]
    public void Exception_says_more_than_the_line_after_it()
    {
        var ring = new LogRing();
        ring.Add("Unhandled exception. System.Exception: no");
        ring.Add("   at Program.Main()");

        Assert.Equal("Unhandled exception. System.Exception: no", ring.TellingLine);
        Assert.Null(ring.StartupErrorLine);
    }
}
