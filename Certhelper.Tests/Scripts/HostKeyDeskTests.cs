using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Scripts;

/// <summary>What a host's key is worth, and who decides it.</summary>
public sealed class HostKeyDeskTests : IAsyncLifetime
{
    private const string First = "SHA256:first";
    private const string Second = "SHA256:second";
    private const string Third = "SHA256:third";

    private TestDatabase database = null!;
    private Actor adam = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        adam = await ActorAsync("adam", Role.Admin);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_first_contact_waits_and_is_trusted_only_when_it_is_approved()
    {
        var first = await SeeAsync(First);
        var again = await SeeAsync(First);
        var key = Assert.Single(await KeysAsync());
        var nobody = await ApprovedAsync();
        var decision = await ApproveAsync(key.Id);

        Assert.Equal((HostTrust.Unknown, HostTrust.Unknown), (first, again));
        Assert.Equal((HostKeyState.Pending, "vocms066", 22, "ssh-ed25519"), (key.State, key.Host, key.Port, key.Algorithm));
        Assert.True(key.LastSeenAt > key.FirstSeenAt);
        Assert.Null(nobody);
        Assert.Equal(HostKeyDecision.Done, decision);
        Assert.Equal(HostTrust.Trusted, await SeeAsync(First));
        Assert.Equal(First, await ApprovedAsync());
        var approved = Assert.Single(await KeysAsync());
        Assert.Equal(adam.UserId, approved.DecidedById);
        Assert.NotNull(approved.DecidedAt);
    }

    [Fact]
    public async Task Another_key_than_the_approved_one_is_alarming_and_changes_nothing_by_itself()
    {
        await ApprovedKeyAsync(First);

        Assert.Equal(HostTrust.Changed, await SeeAsync(Second));
        Assert.Equal(First, await ApprovedAsync());
        Assert.Equal(HostTrust.Trusted, await SeeAsync(First));
    }

    [Fact]
    public async Task Names_of_hosts_are_the_same_in_capitals_and_ports_are_hosts_of_their_own()
    {
        await ApprovedKeyAsync(First);

        Assert.Equal(HostTrust.Trusted, await SeeAsync(First, "VOCMS066"));
        Assert.Equal(HostTrust.Unknown, await SeeAsync(First, port: 2222));
        Assert.Equal(HostTrust.Unknown, await SeeAsync(First, "vocms067"));
    }

    [Fact]
    public async Task A_refused_key_stays_refused_however_often_it_is_shown()
    {
        await SeeAsync(First);

        Assert.Equal(HostKeyDecision.Done, await RefuseAsync((await KeyAsync(First)).Id));
        Assert.Equal(HostTrust.Changed, await SeeAsync(First));
        Assert.Equal(HostKeyState.Refused, (await KeyAsync(First)).State);
        Assert.Null(await ApprovedAsync());
    }

    [Fact]
    public async Task A_new_key_takes_the_place_of_the_one_before_which_is_not_trusted_any_more()
    {
        await ApprovedKeyAsync(First);
        await ApprovedKeyAsync(Second);

        Assert.Equal(Second, await ApprovedAsync());
        Assert.Equal(HostKeyState.Replaced, (await KeyAsync(First)).State);
        Assert.Equal(HostTrust.Changed, await SeeAsync(First));
        Assert.Equal(HostTrust.Trusted, await SeeAsync(Second));
    }

    [Fact]
    public async Task An_approval_is_withdrawn()
    {
        var id = await ApprovedKeyAsync(First);

        Assert.Equal(HostKeyDecision.Done, await RefuseAsync(id));
        Assert.Null(await ApprovedAsync());
        Assert.Equal(HostTrust.Changed, await SeeAsync(First));
    }

    [Fact]
    public async Task Approvals_at_the_same_time_leave_one_approved_key()
    {
        foreach (var fingerprint in new[] { First, Second, Third }) await SeeAsync(fingerprint);
        var ids = (await KeysAsync()).Select(key => key.Id).ToList();

        var decisions = await Task.WhenAll(ids.Concat(ids).Select(id => ApproveAsync(id)));

        Assert.All(decisions, decision => Assert.Equal(HostKeyDecision.Done, decision));
        var keys = await KeysAsync();
        Assert.Single(keys, key => key.State == HostKeyState.Approved);
        Assert.Equal(2, keys.Count(key => key.State == HostKeyState.Replaced));
    }

    [Fact]
    public async Task Of_many_who_decide_what_they_saw_at_the_same_time_one_does_and_the_others_are_told()
    {
        foreach (var fingerprint in new[] { First, Second, Third }) await SeeAsync(fingerprint);
        var ids = (await KeysAsync()).Select(key => key.Id).ToList();
        var sight = new HostKeySight(HostKeyState.Pending, null);

        var decisions = await Task.WhenAll(ids.Select(id => DecideAsync(id, HostKeyState.Approved, sight)));

        Assert.Single(decisions, HostKeyDecision.Done);
        Assert.Equal(2, decisions.Count(decision => decision == HostKeyDecision.Overtaken));
        Assert.Equal(2, (await KeysAsync()).Count(key => key.State == HostKeyState.Pending));
    }

    [Fact]
    public async Task Who_refuses_what_was_approved_meanwhile_is_told_and_it_stays_approved()
    {
        await SeeAsync(First);
        var id = (await KeyAsync(First)).Id;
        await ApproveAsync(id);

        Assert.Equal(HostKeyDecision.Overtaken, await DecideAsync(id, HostKeyState.Refused, new HostKeySight(HostKeyState.Pending, null)));
        Assert.Equal(First, await ApprovedAsync());
        Assert.Equal(HostKeyDecision.Done, await DecideAsync(id, HostKeyState.Refused, new HostKeySight(HostKeyState.Approved, id)));
    }

    [Fact]
    public async Task A_key_that_is_shown_while_it_is_decided_is_decided_all_the_same()
    {
        await SeeAsync(First);
        var id = (await KeyAsync(First)).Id;
        using var done = new CancellationTokenSource();
        var showing = Task.Run(async () => { while (!done.IsCancellationRequested) await SeeAsync(First); }, Token);

        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(HostKeyDecision.Done, await ApproveAsync(id));
            Assert.Equal(HostKeyDecision.Done, await RefuseAsync(id));
        }

        await done.CancelAsync();
        await showing;
    }

    [Fact]
    public async Task Only_administrators_decide()
    {
        await SeeAsync(First);
        var id = (await KeyAsync(First)).Id;
        var eva = await ActorAsync("eva", Role.Expert, Role.ShiftLeader, Role.Ops);

        Assert.Equal(HostKeyDecision.Refused, await ApproveAsync(id, eva));
        Assert.Equal(HostKeyDecision.Refused, await RefuseAsync(id, eva));
        Assert.Equal(HostKeyState.Pending, (await KeyAsync(First)).State);
        Assert.Equal(HostKeyDecision.NotFound, await ApproveAsync(id + 99));
    }

    private async Task<int> ApprovedKeyAsync(string fingerprint)
    {
        await SeeAsync(fingerprint);
        var id = (await KeyAsync(fingerprint)).Id;
        Assert.Equal(HostKeyDecision.Done, await ApproveAsync(id));
        return id;
    }

    private Task<HostTrust> SeeAsync(string fingerprint, string host = "vocms066", int port = 22) => AskAsync(desk => desk.SeeAsync(host, port, "ssh-ed25519", fingerprint, Token));

    private Task<string?> ApprovedAsync() => AskAsync(desk => desk.ApprovedAsync("vocms066", 22, Token));

    private Task<HostKeyDecision> ApproveAsync(int id, Actor? actor = null) => AskAsync(desk => desk.ApproveAsync(id, actor ?? adam, Token));

    private Task<HostKeyDecision> RefuseAsync(int id, Actor? actor = null) => AskAsync(desk => desk.RefuseAsync(id, actor ?? adam, Token));

    private Task<HostKeyDecision> DecideAsync(int id, HostKeyState state, HostKeySight sight) => AskAsync(desk => desk.DecideAsync(id, state, sight, adam, Token));

    private async Task<T> AskAsync<T>(Func<HostKeyDesk, Task<T>> ask)
    {
        await using var db = database.NewContext();
        return await ask(new HostKeyDesk(db, TimeProvider.System));
    }

    private async Task<HostKey> KeyAsync(string fingerprint) => Assert.Single(await KeysAsync(), key => key.Fingerprint == fingerprint);

    private async Task<List<HostKey>> KeysAsync()
    {
        await using var db = database.NewContext();
        return await db.HostKeys.AsNoTracking().OrderBy(key => key.Id).ToListAsync(Token);
    }

    private async Task<Actor> ActorAsync(string login, params Role[] roles)
    {
        var user = await new Samples(database).PersonAsync(login, "Person " + login, roles);
        return new Actor(user.Id, user.Login, user.Name, user.Roles);
    }
}
