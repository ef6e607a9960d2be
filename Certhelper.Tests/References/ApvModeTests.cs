using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.References;

/// <summary>Read-out modes from ebutz: what is believed, what is refused, and that nobody waits long.</summary>
public sealed class ApvModeTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        lena = await house.PersonAsync("lena", "shiftleader");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("""[["349422","DECO"]]""", ApvMode.Deconvolution)]
    [InlineData("""[["349422","PEAK"]]""", ApvMode.Peak)]
    [InlineData("[]", null)]
    public async Task The_pair_of_run_and_mode_is_read(string answer, ApvMode? mode)
    {
        house.Source.OnJson("/ebutz", answer);

        Assert.Equal(mode, await house.Get<EbutzClient>().ModeAsync(349422, Token));
        Assert.Equal(["/ebutz?RUN=349422"], house.Source.Calls);
    }

    [Theory]
    [InlineData("""[["349423","DECO"]]""", "ebutz cannot be used: it answered about run “349423” instead of 349422.")]
    [InlineData("""[["349422","MULTI"]]""", "ebutz cannot be used: “MULTI” is no read-out mode; it is DECO or PEAK.")]
    [InlineData("""[["349422",null]]""", "ebutz cannot be used: its mode is no word.")]
    [InlineData("""[["349422"]]""", "ebutz cannot be used: its answer is no pair of run and mode.")]
    [InlineData("""[["349422","DECO"],["349423","DECO"]]""", "ebutz cannot be used: it answered with several runs, asked for 349422.")]
    [InlineData("""{"run":349422}""", "ebutz cannot be used: its answer is no list.")]
    [InlineData("DECO", "ebutz answered with something that is no valid JSON.")]
    [InlineData("<html><body>It works!</body></html>", "ebutz answered with a web page instead of data; that is usually a login page: the application is not authorised.")]
    public async Task D59_an_answer_that_cannot_be_believed_is_refused_and_nothing_is_stored(string answer, string words)
    {
        await ReferenceAsync(349422);
        house.Source.OnJson("/ebutz", answer);

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<EbutzClient>().ModeAsync(349422, Token));
        var result = await house.Get<ApvModeDesk>().RefreshAsync(all: false, Token);

        Assert.Equal(words, failure.Message);
        Assert.Equal(new ApvModesResult(1, 0, 0, 1, words), result);
        Assert.Null((await RunAsync(349422)).ApvMode);
    }

    [Fact]
    public async Task D59_the_result_is_told_as_it_is_and_only_missing_modes_are_asked_for()
    {
        await ReferenceAsync(321123);
        await ReferenceAsync(331625);
        await ReferenceAsync(349840);
        house.Source.On("/ebutz", context => context.Request.Query["RUN"].ToString() switch
        {
            "321123" => context.Response.WriteAsync("""[["321123","DECO"]]"""),
            "331625" => context.Response.WriteAsync("[]"),
            _ => context.Response.WriteAsync("""[["1","DECO"]]"""),
        });

        var first = await house.Get<ApvModeDesk>().RefreshAsync(all: false, Token);
        var asked = house.Source.Calls.Count;
        await house.Get<ApvModeDesk>().RefreshAsync(all: false, Token);

        Assert.Equal(
            "Read-out mode of 3 runs: 1 told by ebutz, 1 unknown to it, 1 not answered. ebutz cannot be used: it answered about run “1” instead of 349840.",
            first.InWords);
        Assert.DoesNotContain("/ebutz?RUN=321123", house.Source.Calls.Skip(asked));
        var run = await RunAsync(321123);
        Assert.Equal((ApvMode.Deconvolution, FactSource.Ebutz), (run.ApvMode, run.Origins[nameof(Run.ApvMode)].Source));
    }

    [Fact]
    public async Task D59_nobody_waits_longer_than_two_seconds_for_the_mode_of_one_run_and_what_came_in_time_is_kept()
    {
        await ReferenceAsync(321123);
        house.Source.On("/ebutz", context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var asking = house.Get<ApvModeDesk>().OfRunAsync(321123, Token);
        await house.Source.AskedAsync("/ebutz", Token);
        house.Time.Advance(RunFactsDesk.PageWait);
        var result = await asking;

        Assert.Equal(new ApvModesResult(1, 0, 0, 1, "ebutz did not answer within 2 seconds."), result);
        await using var db = house.Database.NewContext();
        Assert.Equal("ebutz did not answer within 2 seconds.", (await db.SourceContacts.SingleAsync(row => row.Source == SourceContact.Ebutz, Token)).LastFailure);
    }

    [Fact]
    public async Task What_a_person_says_of_the_mode_is_not_overwritten()
    {
        await ReferenceAsync(321123);
        house.Source.OnJson("/ebutz", """[["321123","DECO"]]""");
        var desk = house.Get<ApvModeDesk>();

        Assert.NotNull(await desk.TypeByHandAsync(321123, ApvMode.Peak, sara, Token));
        Assert.Null(await desk.TypeByHandAsync(321123, ApvMode.Peak, lena, Token));
        await desk.RefreshAsync(all: true, Token);

        var run = await RunAsync(321123);
        Assert.Equal((ApvMode.Peak, "lena"), (run.ApvMode, run.Origins[nameof(Run.ApvMode)].By));
    }

    private async Task ReferenceAsync(int run)
    {
        var id = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(run, Reconstruction.Express, house.GoodInput(), sara, Token)).Id;
        Assert.IsType<ReferenceResult.Done>(await house.Get<ReferenceDesk>().PromoteAsync(id, lena, Token));
    }

    private async Task<Run> RunAsync(int run)
    {
        await using var db = house.Database.NewContext();
        return await db.Runs.AsNoTracking().SingleAsync(row => row.RunNumber == run, Token);
    }
}
