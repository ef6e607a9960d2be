namespace Certhelper.Tests.Standins;

/// <summary>The stand-in of ebutz, asked as the real one.</summary>
public sealed class EbutzTests(StandinsServer server) : IClassFixture<StandinsServer>
{
    private const string Path = "/ebutz/cgi-bin/getReadOutmode.pl?RUN=";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("349422", """[["349422","DECO"]]""")]
    [InlineData("321123", """[["321123","DECO"]]""")]
    [InlineData("331625", "[]")]
    [InlineData("1", "[]")]
    [InlineData("", "[]")]
    [InlineData("1;ls", "[]")]
    public async Task It_answers_with_the_pair_of_run_and_mode(string run, string answer)
    {
        Assert.Equal(answer, await server.Client.GetStringAsync(Path + run, Stop));
    }

    [Fact]
    public async Task It_can_be_made_to_answer_wrongly_and_to_fail()
    {
        using var mode = await server.ControlAsync(HttpMethod.Put, "/ebutz/runs/349840", """{"mode":"SIXTEEN"}""");
        using var run = await server.ControlAsync(HttpMethod.Put, "/ebutz/runs/351002", """{"answeredRun":"351003"}""");

        var word = await server.Client.GetStringAsync(Path + "349840", Stop);
        var other = await server.Client.GetStringAsync(Path + "351002", Stop);
        using var reset = await server.ControlAsync(HttpMethod.Delete, "/ebutz/runs");
        var well = await server.Client.GetStringAsync(Path + "351002", Stop);
        using var fault = await server.ControlAsync(HttpMethod.Put, "/ebutz", """{"fault":"status","status":503,"times":1}""");
        using var failed = await server.GetAsync(Path + "351002");

        Assert.Equal("""[["349840","SIXTEEN"]]""", word);
        Assert.Equal("""[["351003","DECO"]]""", other);
        Assert.Equal("""[["351002","DECO"]]""", well);
        Assert.Equal(503, (int)failed.StatusCode);
    }
}
