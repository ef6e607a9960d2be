using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Audit;

/// <summary>What is written into the audit, and that nothing takes it away again.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Each_entity_is_audited_or_on_the_list_with_its_reason()
    {
        await using var db = database.NewContext();
        var kinds = db.Model.GetEntityTypes().Select(kind => kind.ClrType).ToHashSet();

        Assert.All(AuditedKinds.LeftOut.Concat(AuditedKinds.WhenPeopleAct), pair =>
        {
            Assert.Contains(pair.Key, kinds);
            Assert.True(pair.Value.Length > 5, $"{pair.Key.Name} has no reason.");
        });
        Assert.True(AuditedKinds.IsAudited(typeof(TrackerCertification), null));
        // Whatever is not on a list is audited, whoever does it.
        Assert.All(
            kinds.Where(kind => !AuditedKinds.LeftOut.ContainsKey(kind) && !AuditedKinds.WhenPeopleAct.ContainsKey(kind)),
            kind => Assert.True(AuditedKinds.IsAudited(kind, null)));
    }

    [Fact]
    public async Task A_new_row_is_written_with_its_key_a_change_with_old_and_new_and_a_removal_with_what_was()
    {
        await using var db = database.NewContext();
        var reason = new BadReason { Name = "Test reason", Description = "Before" };
        using (AuditScope.Begin(new AuditScope(7, "sara.shifter", "192.0.2.0/24", Acts: true)))
        {
            db.BadReasons.Add(reason);
            await db.SaveChangesAsync(Stop);
            reason.Description = "After";
            await db.SaveChangesAsync(Stop);
            db.BadReasons.Remove(reason);
            await db.SaveChangesAsync(Stop);
        }

        var entries = await OfAsync("BadReason", reason.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([AuditEvent.Created, AuditEvent.Changed, AuditEvent.Removed], entries.Select(entry => entry.Event));
        Assert.All(entries, entry => Assert.Equal((7, "sara.shifter", "192.0.2.0/24"), (entry.ById, entry.By, entry.Address)));
        Assert.Equal([null, "Test reason"], entries[0].Changes!["Name"]);
        Assert.Equal(["Before", "After"], Assert.Single(entries[1].Changes!).Value);
        Assert.Equal(["Test reason", null], entries[2].Changes!["Name"]);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_no_entry_and_what_is_saved_in_the_callers_transaction_leaves_one()
    {
        await using var db = database.NewContext();
        await using (await db.Database.BeginTransactionAsync(Stop))
        {
            db.BadReasons.Add(new BadReason { Name = "Rolled back", Description = "" });
            await db.SaveChangesAsync(Stop);
        }

        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync(Stop))
        {
            db.BadReasons.Add(new BadReason { Name = "Kept", Description = "" });
            await db.SaveChangesAsync(Stop);
            await transaction.CommitAsync(Stop);
        }

        Assert.Equal("Kept", Assert.Single(await db.AuditEntries.Where(entry => entry.Kind == "BadReason" && (entry.Words.Contains("Rolled back") || entry.Words.Contains("Kept"))).ToListAsync(Stop)).Changes!["Name"][1]);
    }

    [Fact]
    public async Task A_change_that_fails_leaves_no_entry()
    {
        await using var db = database.NewContext();
        var taken = await db.Users.AddAsync(new User { Login = "twice", Name = "One" }, Stop);
        await db.SaveChangesAsync(Stop);
        var before = await db.AuditEntries.CountAsync(Stop);
        db.Users.Add(new User { Login = "twice", Name = "Two" });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));

        await using var other = database.NewContext();
        Assert.Equal(before, await other.AuditEntries.CountAsync(Stop));
        Assert.NotEqual(0, taken.Entity.Id);
    }

    [Fact]
    public async Task Long_values_are_cut_private_ones_hidden_and_characters_that_the_database_refuses_taken_out()
    {
        await using var db = database.NewContext();
        var user = new User { Login = "private", Name = new string('x', 450), Email = "somebody@cern.ch" };
        db.Users.Add(user);
        await db.SaveChangesAsync(Stop);
        await db.AuditAsync(Stop, new AuditNote(AuditEvent.Refused, Details: "a\0b \ud800"));

        var changes = Assert.Single(await OfAsync("User", $"{user.Id}")).Changes!;
        Assert.EndsWith("… (450 letters)", changes["Name"][1], StringComparison.Ordinal);
        Assert.Equal("(not shown)", changes["Email"][1]);
        Assert.StartsWith("ab ", (await db.AuditEntries.SingleAsync(entry => entry.Event == AuditEvent.Refused, Stop)).Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_that_change_are_an_event_of_their_own_and_a_sign_in_that_changes_nothing_is_no_change()
    {
        await using var db = database.NewContext();
        var user = new User { Login = "raised", Name = "R", Roles = [Role.Guest] };
        db.Users.Add(user);
        await db.SaveChangesAsync(Stop);
        user.LastSignInAt = TimeProvider.System.GetUtcNow();
        await db.SaveChangesAsync(Stop);
        user.Roles = [Role.Guest, Role.Admin];
        await db.SaveChangesAsync(Stop);

        var entries = await OfAsync("User", $"{user.Id}");
        Assert.Equal([AuditEvent.Created, AuditEvent.RolesChanged], entries.Select(entry => entry.Event));
        Assert.Equal(["Guest", "Guest, Admin"], entries[1].Changes!["Roles"]);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET \"by\" = 'nobody'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    public async Task Nothing_changes_or_deletes_an_entry(string sql)
    {
        await using var db = database.NewContext();
        await db.AuditAsync(Stop, new AuditNote(AuditEvent.Refused, "test"));

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql, Stop));

        Assert.Contains("never changed", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_deletes_each_class_in_batches_as_configured_and_says_so()
    {
        await using var db = database.NewContext();
        await db.AuditAsync(Stop, [.. Enumerable.Range(0, 5).Select(_ => new AuditNote(AuditEvent.Refused, "old"))]);
        await db.AuditAsync(Stop, new AuditNote(AuditEvent.Created, "kept"));
        var later = new Oms.TestClock(TimeProvider.System.GetUtcNow().AddDays(500));
        var retention = new AuditRetention(db, Options.Create(new AuditOptions()), later) { BatchSize = 2 };

        var told = await retention.PassAsync(Stop);

        Assert.Contains("5 of Security", told, StringComparison.Ordinal);
        Assert.False(await db.AuditEntries.AnyAsync(entry => entry.Event == AuditEvent.Refused, Stop));
        Assert.True(await db.AuditEntries.AnyAsync(entry => entry.Kind == "kept", Stop));
        Assert.True(await db.AuditEntries.AnyAsync(entry => entry.Event == AuditEvent.Forgotten, Stop));
    }

    [Theory]
    [InlineData("137.138.18.77", "137.138.18.0/24")]
    [InlineData("2001:1458:201:a1::100:1", "2001:1458:201::/48")]
    [InlineData("::ffff:137.138.18.77", "137.138.18.0/24")]
    [InlineData("::1", "::1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public void An_address_is_shortened_to_its_network(string address, string network) =>
        Assert.Equal(network, NetworkAddress.Of(System.Net.IPAddress.Parse(address)));

    private async Task<List<AuditEntry>> OfAsync(string kind, string subject)
    {
        await using var db = database.NewContext();
        return await db.AuditEntries.Where(entry => entry.Kind == kind && entry.Subject == subject).OrderBy(entry => entry.Id).ToListAsync(Stop);
    }
}
