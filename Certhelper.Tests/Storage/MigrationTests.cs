using Certhelper.Core.Storage;
using Certhelper.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task The_model_has_no_change_without_a_migration()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.NewContext();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Seeding_twice_adds_nothing_and_keeps_what_people_edited()
    {
        var token = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.NewContext();
        var before = await db.BadReasons.CountAsync(token);
        (await db.BadReasons.FirstAsync(token)).Description = "Edited by a person";
        await db.SaveChangesAsync(token);

        await Seed.EnsureAsync(db, practice: true, token);

        Assert.Equal(before, await db.BadReasons.CountAsync(token));
        Assert.Contains("Edited by a person", await db.BadReasons.Select(reason => reason.Description).ToListAsync(token));
    }
}
