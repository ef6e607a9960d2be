using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.Certification;

/// <summary>Who has taken what: exactly one of many, for as long as something happens.</summary>
public sealed class LeaseDeskTests : IAsyncLifetime
{
    private const int Run = 380115;

    private SourceHouse house = null!;
    private Actor sara = null!;
    private Actor tomas = null!;
    private Actor lena = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
        tomas = await house.PersonAsync("tomas", "shifter");
        lena = await house.PersonAsync("lena", "shift leader");
        lena = lena with { Roles = [Role.Guest, Role.ShiftLeader] };
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Of_fifty_who_take_at_the_same_moment_exactly_one_gets_it()
    {
        var people = new List<Actor>();
        for (var i = 0; i < 50; i++) people.Add(await house.PersonAsync($"person{i}", "shifter"));
        var desks = people.Select(_ => house.Get<LeaseDesk>()).ToList();

        var results = await Task.WhenAll(people.Zip(desks).Select(pair => pair.Second.TakeAsync(Run, Reconstruction.Express, pair.First, over: false, Token)));

        Assert.Single(results.OfType<LeaseResult.Held>());
        var winner = people[Array.FindIndex(results, result => result is LeaseResult.Held)];
        Assert.All(results.OfType<LeaseResult.TakenBy>(), result => Assert.Equal(winner.Name, result.Lease.HolderName));
        Assert.Equal(49, results.OfType<LeaseResult.TakenBy>().Count());
    }

    [Fact]
    public async Task It_is_refused_with_name_and_time_until_nothing_has_happened_for_fifteen_minutes()
    {
        var until = house.Time.GetUtcNow() + LeaseDesk.Idle;
        await TakeAsync(sara);
        house.Time.Advance(TimeSpan.FromMinutes(14));

        var early = await TakeAsync(tomas);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        var late = await TakeAsync(tomas);

        Assert.Equal(new LeaseState(sara.UserId, sara.Name, until), Assert.IsType<LeaseResult.TakenBy>(early).Lease);
        Assert.IsType<LeaseResult.Held>(late);
    }

    [Fact]
    public async Task Every_sign_of_life_prolongs_it()
    {
        await TakeAsync(sara);
        house.Time.Advance(TimeSpan.FromMinutes(14));
        await TakeAsync(sara);
        house.Time.Advance(TimeSpan.FromMinutes(14));

        Assert.IsType<LeaseResult.TakenBy>(await TakeAsync(tomas));
        Assert.Equal(sara.UserId, (await StateAsync())!.HolderId);
    }

    [Fact]
    public async Task A_leader_takes_over_and_a_shifter_may_not()
    {
        await TakeAsync(sara);

        var refused = await house.Get<LeaseDesk>().TakeAsync(Run, Reconstruction.Express, tomas, over: true, Token);
        var taken = await house.Get<LeaseDesk>().TakeAsync(Run, Reconstruction.Express, lena, over: true, Token);

        Assert.Contains("Only shift leaders", Assert.IsType<LeaseResult.Refused>(refused).Reason, StringComparison.Ordinal);
        Assert.IsType<LeaseResult.Held>(taken);
        Assert.Equal(lena.Name, (await StateAsync())!.HolderName);
    }

    [Fact]
    public async Task Only_the_holder_gives_it_back_and_it_is_free_then()
    {
        await TakeAsync(sara);

        Assert.False(await house.Get<LeaseDesk>().GiveBackAsync(Run, Reconstruction.Express, tomas, Token));
        Assert.True(await house.Get<LeaseDesk>().GiveBackAsync(Run, Reconstruction.Express, sara, Token));

        Assert.Null(await StateAsync());
        Assert.IsType<LeaseResult.Held>(await TakeAsync(tomas));
    }

    [Fact]
    public async Task Each_reconstruction_is_taken_by_itself_and_guests_take_nothing()
    {
        await TakeAsync(sara);

        Assert.IsType<LeaseResult.Held>(await house.Get<LeaseDesk>().TakeAsync(Run, Reconstruction.Prompt, tomas, over: false, Token));
        Assert.IsType<LeaseResult.Refused>(await TakeAsync(tomas with { Roles = [Role.Guest] }));
        Assert.IsType<LeaseResult.Refused>(await house.Get<LeaseDesk>().TakeAsync(0, Reconstruction.Prompt, tomas, over: false, Token));
    }

    private Task<LeaseResult> TakeAsync(Actor actor) => house.Get<LeaseDesk>().TakeAsync(Run, Reconstruction.Express, actor, over: false, Token);

    private Task<LeaseState?> StateAsync() => house.Get<LeaseDesk>().OfAsync(Run, Reconstruction.Express, Token);
}
