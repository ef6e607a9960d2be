using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Logging.Abstractions;

namespace Certhelper.Tests.Jobs;

/// <summary>The job that gets missing read-out modes, and how people ask for it.</summary>
public sealed class ApvModesPassTests : IAsyncLifetime
{
    private SourceHouse house = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        var lena = await house.PersonAsync("lena", "shiftleader");
        var id = Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(321123, Reconstruction.Express, house.GoodInput(), lena, Token)).Id;
        Assert.IsType<ReferenceResult.Done>(await house.Get<ReferenceDesk>().PromoteAsync(id, lena, Token));
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task D59_a_question_starts_one_pass_whichever_replica_sees_it_first_and_the_pass_answers_it()
    {
        house.Source.OnJson("/ebutz", """[["321123","DECO"]]""");
        var manager = new Manager();
        AskedPasses[] replicas = [.. Enumerable.Range(0, 4).Select(_ => new AskedPasses(house.Scopes, manager, house.Time, NullLogger<AskedPasses>.Instance))];

        await LookAsync(replicas);
        var before = manager.Triggered.Count;
        var asked = await house.Get<ApvModeDesk>().AskForMissingAsync(Token);
        await LookAsync(replicas);
        await LookAsync(replicas);
        var waiting = await StateAsync();
        house.Time.Advance(TimeSpan.FromSeconds(3));
        var result = await house.Get<ApvModesPass>().PassAsync(new Steps(), Token);
        var done = await StateAsync();
        var nothing = await house.Get<ApvModeDesk>().AskForMissingAsync(Token);

        Assert.Equal((0, 1), (before, asked));
        Assert.Equal(["apv-modes"], manager.Triggered);
        Assert.True(waiting.IsAsked);
        Assert.Equal("Read-out mode of 1 run: 1 told by ebutz, 0 unknown to it, 0 not answered.", result);
        Assert.Equal((false, house.Time.GetUtcNow(), result), (done.IsAsked, done.DoneAt!.Value, done.Result));
        Assert.Equal(0, nothing);
        Assert.Equal(done, await StateAsync());
    }

    [Fact]
    public async Task With_ebutz_away_the_pass_fails_in_its_own_words_and_can_be_asked_for_again()
    {
        house.Source.On("/ebutz", context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await house.Get<ApvModeDesk>().AskForMissingAsync(Token);
        house.Time.Advance(TimeSpan.FromSeconds(3));

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<ApvModesPass>().PassAsync(new Steps(), Token));
        var state = await StateAsync();
        house.Time.Advance(TimeSpan.FromSeconds(3));
        var again = await house.Get<ApvModeDesk>().AskForMissingAsync(Token);

        Assert.Contains("ebutz", failure.Message, StringComparison.Ordinal);
        Assert.False(state.IsAsked);
        Assert.EndsWith(failure.Message, state.Result, StringComparison.Ordinal);
        Assert.Equal(1, again);
        Assert.True((await StateAsync()).IsAsked);
    }

    private static Task LookAsync(IEnumerable<AskedPasses> replicas) => Task.WhenAll(replicas.Select(replica => replica.LookAsync(Token)));

    private async Task<ApvModesState> StateAsync()
    {
        await using var db = house.Database.NewContext();
        return await ApvModesMarks.ReadAsync(db, Token);
    }

    private sealed class Manager : IRecurringJobManager
    {
        public List<string> Triggered { get; } = [];

        public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options) => throw new NotSupportedException();

        public void Trigger(string recurringJobId)
        {
            lock (Triggered) Triggered.Add(recurringJobId);
        }

        public void RemoveIfExists(string recurringJobId) => throw new NotSupportedException();
    }
}
