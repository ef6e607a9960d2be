using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Checklists;

/// <summary>Making and changing checklists: versions, and two people at the same list.</summary>
public sealed class ChecklistKeeperTests : IAsyncLifetime
{
    private static readonly ChecklistSettings Settings = new("Pixel", Component.Pixel, true, 30);

    private SourceHouse house = null!;
    private Actor adam = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        adam = await house.PersonAsync("adam", "admin");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task F089_a_change_makes_the_next_version_and_leaves_the_one_before_as_it_is()
    {
        var before = await LastAsync("pixel");
        var content = Changed(before.Content);

        var done = Assert.IsType<ChecklistResult.Done>(await PublishAsync(1, content, "Layer 1 has holes now"));

        Assert.Equal(2, done.Number);
        await using var db = house.Database.NewContext();
        var versions = await db.ChecklistVersions.Where(version => version.Checklist!.Key == "pixel").OrderBy(version => version.Number).ToListAsync(Token);
        Assert.Equal(2, versions.Count);
        Assert.DoesNotContain(versions[0].Content.Groups[0].Items, item => item.Text == "Look at layer 1");
        var added = versions[1].Content.Groups[0].Items[^1];
        Assert.Equal(("Look at layer 1", "look-at-layer-1"), (added.Text, added.Key));
        Assert.Equal((adam.UserId, "Layer 1 has holes now"), (versions[1].CreatedById, versions[1].Note));
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told_that_the_other_was_first()
    {
        var content = Changed((await LastAsync("pixel")).Content);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => PublishAsync(1, content, $"Change {number}")));

        Assert.Single(results.OfType<ChecklistResult.Done>());
        var overtaken = results.OfType<ChecklistResult.Overtaken>().ToList();
        Assert.Equal(5, overtaken.Count);
        Assert.All(overtaken, result => Assert.Equal((2, adam.Name), (result.Number, result.ByName)));
    }

    [Fact]
    public async Task A_version_needs_a_note_items_and_sense()
    {
        var last = (await LastAsync("pixel")).Content;
        var nonsense = last with
        {
            Groups =
            [
                new ChecklistGroup
                {
                    Items =
                    [
                        new ChecklistItem { Key = "", Text = " " },
                        new ChecklistItem { Key = "", Text = "Number", Kind = ChecklistItemKind.Number, Min = 5, Max = 1 },
                        new ChecklistItem { Key = "", Text = "Choice", Kind = ChecklistItemKind.Choice, Choices = ["one"] },
                        new ChecklistItem { Key = "occupancy", Text = "Once a tick", Kind = ChecklistItemKind.Number },
                    ],
                },
                new ChecklistGroup { Title = "Empty" },
            ],
        };

        var errors = Assert.IsType<ChecklistResult.Invalid>(await PublishAsync(1, nonsense, " ")).Errors;

        Assert.Equal(
            ["Groups[0].Items[0].Text", "Groups[0].Items[1].Max", "Groups[0].Items[2].Choices", "Groups[0].Items[3].Kind", "Groups[1].Title", "Note"],
            errors.Select(error => error.Field));
        Assert.IsType<ChecklistResult.Invalid>(await PublishAsync(1, new ChecklistContent(), "Nothing"));
    }

    [Fact]
    public async Task A_change_of_title_alone_makes_no_version()
    {
        var last = (await LastAsync("pixel")).Content;

        var done = Assert.IsType<ChecklistResult.Done>(
            await house.Get<ChecklistKeeper>().PublishAsync("pixel", 1, null, Settings with { Title = "Pixels" }, last, null, adam, Token));

        Assert.Equal(1, done.Number);
        await using var db = house.Database.NewContext();
        Assert.Equal("Pixels", await db.Checklists.Where(list => list.Key == "pixel").Select(list => list.Title).SingleAsync(Token));
    }

    [Fact]
    public async Task A_name_that_an_item_had_once_is_not_given_again()
    {
        var first = (await LastAsync("pixel")).Content;
        var without = first with { Groups = [new ChecklistGroup { Items = [new ChecklistItem { Key = "", Text = "Look" }] }] };
        await PublishAsync(1, without, "Short");
        await PublishAsync(2, first with { Groups = [new ChecklistGroup { Items = [new ChecklistItem { Key = "", Text = "Other" }] }] }, "Other");

        await PublishAsync(3, without, "Look again");

        Assert.Equal("look-2", (await LastAsync("pixel")).Content.Groups[0].Items[0].Key);
    }

    [Theory]
    [InlineData("pixel")]
    [InlineData("new")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("")]
    public async Task A_short_name_is_new_and_fits_into_an_address(string key) =>
        Assert.Equal("Key", Assert.Single(Assert.IsType<ChecklistResult.Invalid>(await house.Get<ChecklistKeeper>().CreateAsync(key, "Title", adam, Token)).Errors).Field);

    [Fact]
    public async Task A_shift_leader_changes_no_checklist()
    {
        var lena = await house.PersonAsync("lena", "shiftleader");

        Assert.IsType<ChecklistResult.Refused>(await house.Get<ChecklistKeeper>().CreateAsync("mine", "Mine", lena, Token));
        Assert.IsType<ChecklistResult.Refused>(await house.Get<ChecklistKeeper>().RetireAsync("pixel", true, lena, Token));
    }

    [Fact]
    public async Task Two_versions_are_compared_line_by_line()
    {
        var before = (await LastAsync("pixel")).Content;

        var lines = ChecklistDiff.Between(before, Changed(before));

        Assert.Equal(["• Look at layer 1", "   tick, required"], lines.Where(line => line.Kind == DiffKind.Added).Select(line => line.Text));
        Assert.DoesNotContain(lines, line => line.Kind == DiffKind.Removed);
        Assert.All(ChecklistDiff.Between(before, before), line => Assert.Equal(DiffKind.Same, line.Kind));
    }

    private static ChecklistContent Changed(ChecklistContent content) => content with
    {
        Groups = [content.Groups[0] with { Items = [.. content.Groups[0].Items, new ChecklistItem { Key = "", Text = "Look at layer 1" }] }, .. content.Groups.Skip(1)],
    };

    private Task<ChecklistResult> PublishAsync(int from, ChecklistContent content, string? note) =>
        house.Get<ChecklistKeeper>().PublishAsync("pixel", from, null, Settings, content, note, adam, Token);

    private async Task<ChecklistVersion> LastAsync(string key)
    {
        await using var db = house.Database.NewContext();
        return await db.ChecklistVersions.AsNoTracking().Where(version => version.Checklist!.Key == key).OrderByDescending(version => version.Number).FirstAsync(Token);
    }
}
