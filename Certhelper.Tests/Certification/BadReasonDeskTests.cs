using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Certification;

public sealed class BadReasonDeskTests : IAsyncLifetime
{
    private SourceHouse house = null!;
    private Actor sara = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        sara = await house.PersonAsync("sara", "shifter");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task D45_a_new_reason_comes_back_with_its_real_id()
    {
        var added = Assert.IsType<BadReasonResult.Listed>(await AddAsync("  Cooling   problem ", " Ring was warm. "));

        Assert.True(added.IsNew);
        await using var db = house.Database.NewContext();
        var stored = await db.BadReasons.SingleAsync(reason => reason.Id == added.Reason.Id, Token);
        Assert.Equal(("Cooling problem", "Ring was warm.", sara.UserId, house.Time.GetUtcNow()), (stored.Name, stored.Description, stored.AddedById, stored.AddedAt));
    }

    [Fact]
    public async Task F062_a_reason_that_is_there_is_found_whatever_its_capitals()
    {
        var found = Assert.IsType<BadReasonResult.Listed>(await AddAsync("TIMING problem", null));

        Assert.False(found.IsNew);
        Assert.Equal("Timing problem", found.Reason.Name);
        await using var db = house.Database.NewContext();
        Assert.Equal(found.Reason.Id, await db.BadReasons.Where(reason => reason.Name == "Timing problem").Select(reason => reason.Id).SingleAsync(Token));
    }

    [Theory]
    [InlineData(null, "x", "Name")]
    [InlineData("   ", "x", "Name")]
    [InlineData("Noise", " ", "Description")]
    public async Task D45_nothing_empty_or_too_long_is_added(string? name, string? description, string field)
    {
        Assert.Equal(field, Assert.Single(Assert.IsType<BadReasonResult.Invalid>(await AddAsync(name, description)).Errors).Field);
        Assert.Equal(["Name", "Description"], Assert.IsType<BadReasonResult.Invalid>(await AddAsync(new string('n', 61), new string('d', 501))).Errors.Select(error => error.Field));
    }

    [Fact]
    public async Task Of_many_who_add_the_same_reason_one_adds_it_and_all_get_it()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => AddAsync(number % 2 == 0 ? "Cooling problem" : "COOLING PROBLEM", "Ring was warm.")));

        var listed = results.Cast<BadReasonResult.Listed>().ToList();
        Assert.Single(listed, result => result.IsNew);
        Assert.Single(listed.Select(result => result.Reason.Id).Distinct());
    }

    [Fact]
    public async Task A_guest_adds_no_reason() =>
        Assert.IsType<BadReasonResult.Refused>(await house.Get<BadReasonDesk>().AddAsync("Noise", "Noise", await house.PersonAsync("gus"), Token));

    private Task<BadReasonResult> AddAsync(string? name, string? description) => house.Get<BadReasonDesk>().AddAsync(name, description, sara, Token);
}
