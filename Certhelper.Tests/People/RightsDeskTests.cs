using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.People;

/// <summary>What administrators give and take by hand.</summary>
public sealed class RightsDeskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D05_nobody_grants_a_role_to_himself_and_only_administrators_grant()
    {
        await using var house = await SourceHouse.CreateAsync();
        var admin = await house.PersonAsync("adam", "admin");
        var leader = await house.PersonAsync("lena", "shiftleader", "expert", "ops");
        var shifter = await house.PersonAsync("sara", "shifter");

        var himself = await GrantAsync(house, admin, admin.UserId, Role.Ops);
        var byLeader = await GrantAsync(house, leader, shifter.UserId, Role.ShiftLeader);

        Assert.Contains(Assert.IsType<RightsResult.Invalid>(himself).Errors, error => error.Message.Contains("himself", StringComparison.Ordinal));
        Assert.IsType<RightsResult.Refused>(byLeader);
        await using var db = house.Database.NewContext();
        Assert.False(await db.RoleGrants.AnyAsync(Stop));
    }

    [Fact]
    public async Task A_grant_needs_role_reason_and_an_end_within_a_year()
    {
        await using var house = await SourceHouse.CreateAsync();
        var admin = await house.PersonAsync("adam", "admin");
        var shifter = await house.PersonAsync("sara", "shifter");
        var today = ExperimentDay.Today(house.Time);

        foreach (var (role, until, why, field) in new (Role?, DateOnly?, string?, string)[]
        {
            (null, today, "Stands in", "Role"),
            (Role.Guest, today, "Stands in", "Role"),
            (Role.Expert, null, "Stands in", "Until"),
            (Role.Expert, today.AddDays(-1), "Stands in", "Until"),
            (Role.Expert, today.AddDays(400), "Stands in", "Until"),
            (Role.Expert, DateOnly.MaxValue, "Stands in", "Until"),
            (Role.Expert, today, " ", "Why"),
        })
        {
            var result = await house.Get<RightsDesk>().GrantAsync(shifter.UserId, 0, role, until, why, admin, Stop);
            Assert.Equal([field], Assert.IsType<RightsResult.Invalid>(result).Errors.Select(error => error.Field));
        }
    }

    [Fact]
    public async Task A_grant_holds_until_its_day_is_over_in_Geneva_or_it_is_withdrawn_and_stays_in_the_history()
    {
        await using var house = await SourceHouse.CreateAsync();
        var admin = await house.PersonAsync("adam", "admin");
        var shifter = await house.PersonAsync("sara", "shifter");
        Assert.IsType<RightsResult.Done>(await GrantAsync(house, admin, shifter.UserId, Role.Expert));
        Assert.IsType<RightsResult.Done>(await GrantAsync(house, admin, shifter.UserId, Role.ShiftLeader));
        Assert.IsType<RightsResult.AlreadySo>(await GrantAsync(house, admin, shifter.UserId, Role.ShiftLeader));
        await using var db = house.Database.NewContext();
        var leading = (await db.RoleGrants.SingleAsync(grant => grant.Role == Role.ShiftLeader, Stop)).Id;

        Assert.Equal([Role.Guest, Role.Shifter, Role.ShiftLeader, Role.Expert], await RolesAsync());
        await house.Get<RightsDesk>().WithdrawAsync(shifter.UserId, 2, leading, "Is back", admin, Stop);
        Assert.Equal([Role.Guest, Role.Shifter, Role.Expert], await RolesAsync());
        house.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([Role.Guest, Role.Shifter], await RolesAsync());

        Assert.Equal(2, await db.RoleGrants.CountAsync(Stop));
        var told = await db.AuditEntries.Where(entry => entry.Kind == nameof(RoleGrant)).Select(entry => entry.Event).ToListAsync(Stop);
        Assert.Equal([AuditEvent.Created, AuditEvent.Created, AuditEvent.Changed], told);

        async Task<IReadOnlyList<Role>> RolesAsync() => (await db.PersonAsync(shifter.UserId, house.Time.GetUtcNow(), Stop))!.Roles;
    }

    [Fact]
    public async Task D09_a_sign_in_neither_lowers_nor_keeps_alive_what_was_granted_by_hand()
    {
        await using var house = await SourceHouse.CreateAsync();
        var admin = await house.PersonAsync("adam", "admin");
        var shifter = await house.PersonAsync("sara", "shifter");
        await GrantAsync(house, admin, shifter.UserId, Role.ShiftLeader);

        await house.PersonAsync("sara");

        await using var db = house.Database.NewContext();
        Assert.Equal([Role.Guest, Role.ShiftLeader], (await db.PersonAsync(shifter.UserId, house.Time.GetUtcNow(), Stop))!.Roles);
        Assert.Equal([Role.Guest], (await db.Users.SingleAsync(user => user.Id == shifter.UserId, Stop)).Roles);
    }

    [Fact]
    public async Task Certifications_stay_with_who_is_deactivated_and_nobody_shuts_himself_out()
    {
        await using var house = await SourceHouse.CreateAsync();
        var admin = await house.PersonAsync("adam", "admin");
        var shifter = await house.PersonAsync("sara", "shifter");
        await house.Get<CertificationDesk>().CreateAsync(380_115, Reconstruction.Express, house.GoodInput(), shifter, Stop);

        Assert.IsType<RightsResult.Invalid>(await house.Get<RightsDesk>().DeactivateAsync(admin.UserId, 0, true, "Enough", admin, Stop));
        Assert.IsType<RightsResult.Done>(await house.Get<RightsDesk>().DeactivateAsync(shifter.UserId, 0, true, "Left", admin, Stop));
        Assert.IsType<RightsResult.AlreadySo>(await house.Get<RightsDesk>().DeactivateAsync(shifter.UserId, 0, true, "Left", admin, Stop));

        await using var db = house.Database.NewContext();
        Assert.Equal(shifter.UserId, (await db.Certifications.SingleAsync(Stop)).OwnerId);
        Assert.False((await db.PersonAsync(shifter.UserId, house.Time.GetUtcNow(), Stop))!.May(Permission.ViewData));
    }

    [Theory]
    [InlineData("grant")]
    [InlineData("withdraw")]
    [InlineData("deactivate")]
    public async Task Of_two_administrators_at_once_one_is_told_and_undoes_nothing(string act)
    {
        await using var house = await SourceHouse.CreateAsync();
        var admin = await house.PersonAsync("adam", "admin");
        var other = await house.PersonAsync("eva", "admin");
        var shifter = await house.PersonAsync("sara", "shifter");
        if (act == "withdraw") await GrantAsync(house, admin, shifter.UserId, Role.Expert);
        await using var before = house.Database.NewContext();
        var seen = (await before.Users.SingleAsync(user => user.Id == shifter.UserId, Stop)).RightsVersion;
        var grant = (await before.RoleGrants.SingleOrDefaultAsync(Stop))?.Id ?? 0;
        // Both have read before either writes.
        using var both = new Barrier(2);

        var results = await Task.WhenAll(Task.Run(() => ActAsync(admin, "By Adam"), Stop), Task.Run(() => ActAsync(other, "By Eva"), Stop));

        Assert.Single(results.OfType<RightsResult.Done>());
        Assert.Single(results.OfType<RightsResult.Overtaken>());
        await using var db = house.Database.NewContext();
        var winner = results[0] is RightsResult.Done ? "By Adam" : "By Eva";
        var kept = await db.RoleGrants.SingleOrDefaultAsync(Stop);
        var person = await db.Users.SingleAsync(user => user.Id == shifter.UserId, Stop);
        Assert.Equal(winner, act switch { "grant" => kept!.Why, "withdraw" => kept!.WithdrawnBecause, _ => person.StateBecause });
        Assert.Equal(seen + 1, person.RightsVersion);

        async Task<RightsResult> ActAsync(Actor actor, string why)
        {
            await using var db = house.Database.NewContext();
            db.SavingChanges += (_, _) => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), Stop));
            var desk = new RightsDesk(db, house.Time);
            return act switch
            {
                "grant" => await desk.GrantAsync(shifter.UserId, seen, Role.Expert, ExperimentDay.Today(house.Time), why, actor, Stop),
                "withdraw" => await desk.WithdrawAsync(shifter.UserId, seen, grant, why, actor, Stop),
                _ => await desk.DeactivateAsync(shifter.UserId, seen, true, why, actor, Stop),
            };
        }
    }

    /// <summary>As an administrator does who has looked at the person just now.</summary>
    private static async Task<RightsResult> GrantAsync(SourceHouse house, Actor actor, int to, Role role)
    {
        await using var db = house.Database.NewContext();
        var seen = (await db.Users.SingleAsync(user => user.Id == to, Stop)).RightsVersion;
        return await house.Get<RightsDesk>().GrantAsync(to, seen, role, ExperimentDay.Today(house.Time), "Stands in", actor, Stop);
    }
}
