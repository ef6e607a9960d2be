using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Filters, totals, pages, and what lists cost.</summary>
public sealed class ListsTests(WebSite site) : IClassFixture<WebSite>
{
    [Theory]
    [InlineData("/", 10)]
    [InlineData("/references", 7)]
    [InlineData("/runs", 7)]
    [InlineData("/runs?type=collisions&express=good&sort=-recorded_lumi_inv_pb&page=2", 7)]
    [InlineData("/certifications", 7)]
    [InlineData("/certifications?page=2", 7)]
    [InlineData("/certifications?text=usual&type=collisions&strip=good&sort=shifter&columns=all", 7)]
    public async Task D91_a_list_asks_the_database_as_often_for_many_rows_as_for_few(string address, int most)
    {
        await using var empty = new WebSite();
        await empty.InitializeAsync();
        var lena = await empty.SignedInAsAsync(Role.ShiftLeader);
        await FillAsync(empty, lena.User!, 5);
        await lena.GetAsync("/admin/permissions");
        var few = await CostAsync(empty, lena, address);

        await FillAsync(empty, lena.User!, 45);
        var many = await CostAsync(empty, lena, address);
        var again = await CostAsync(empty, lena, address);

        Assert.Equal(few, many);
        Assert.InRange(many, 1, most);
        Assert.InRange(again, 1, many);
    }

    [Fact]
    public async Task A_change_is_seen_at_once_by_every_replica()
    {
        await using var other = await WebSite.ReplicaOfAsync(site);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var mine = $"/certifications?shifter={sara.User!.Login}";
        await site.Given.CertificationAsync(sara.User!);
        Assert.Contains("1 certification ", (await sara.GetAsync(mine)).Words, StringComparison.Ordinal);
        Assert.Contains("1 certification ", (await sara.At(other).GetAsync(mine)).Words, StringComparison.Ordinal);

        var second = await site.Given.CertificationAsync(sara.User!);
        Assert.Contains("2 certifications ", (await sara.At(other).GetAsync(mine)).Words, StringComparison.Ordinal);
        await site.Given.DeletedAsync(second);
        Assert.Contains("1 certification ", (await sara.GetAsync(mine)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_given_early_and_saved_late_changes_the_state_of_the_data()
    {
        await using var early = site.Database.NewContext();
        await using var transaction = await early.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await early.Database.ExecuteSqlAsync($"SELECT nextval(pg_get_serial_sequence('certification_revisions', 'id'))", TestContext.Current.CancellationToken);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(sara.User!);
        await using var db = site.Database.NewContext();
        var before = await DataState.ReadAsync(db, TestContext.Current.CancellationToken);
        var last = await db.CertificationRevisions.MaxAsync(item => item.Id, TestContext.Current.CancellationToken);

        await early.Database.ExecuteSqlAsync(
            $"INSERT INTO certification_revisions (id, certification_id, number, kind, at, changes) OVERRIDING SYSTEM VALUE VALUES ({last - 1}, {id}, 2, 'Edited', now(), '[]')",
            TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(before, await DataState.ReadAsync(db, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task D92_every_head_sorts_and_pages_never_repeat_a_row()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        await FillAsync(site, sara.User!, 30);
        var page = await sara.GetAsync($"/certifications?shifter={sara.User!.Login}&columns=all");
        var sorts = page.Document.QuerySelectorAll("thead th a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.True(sorts.Count > 20);
        foreach (var sort in sorts)
        {
            var first = await sara.GetAsync(sort);
            var second = await sara.GetAsync(sort + "&page=2");
            List<string> rows = [.. Rows(first), .. Rows(second)];
            Assert.Equal(30, rows.Distinct().Count());
            Assert.Single(first.Document.QuerySelectorAll("th[aria-sort]"));
        }

        static IEnumerable<string> Rows(WebPage of) => of.Document.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!);
    }

    [Fact]
    public async Task Pages_can_be_longer()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);
        await FillAsync(site, guest.User!, 27);

        Assert.Equal(27, (await guest.GetAsync($"/certifications?shifter={guest.User!.Login}&size=50")).Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(25, (await guest.GetAsync($"/certifications?shifter={guest.User!.Login}&size=1000000")).Document.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task D69_nobody_sees_the_list_without_a_session() =>
        Assert.Contains("/signin", (await site.SignedOut().GetAsync("/certifications")).Location, StringComparison.Ordinal);

    [Fact]
    public async Task Filters_totals_and_chips_agree()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var good = await site.Given.RunAsync();
        var bad = await site.Given.RunAsync(RunType.Cosmics);
        await site.Given.CertificationAsync(sara.User!, good);
        await site.Given.CertificationAsync(sara.User!, good, Reconstruction.Prompt);
        await site.Given.CertificationAsync(sara.User!, bad, strip: ComponentVerdict.Bad);
        var mine = $"/certifications?shifter={sara.User!.Login}";

        // A run that is certified twice counts once in luminosity.
        Assert.Contains("3 certifications 2 good, 1 bad 2 runs, 205 pb⁻¹ recorded, 616 LS", (await sara.GetAsync(mine)).Words, StringComparison.Ordinal);
        Assert.Contains("1 certification 0 good, 1 bad", (await sara.GetAsync(mine + "&verdict=bad")).Words, StringComparison.Ordinal);
        Assert.Contains("2 certifications 2 good, 0 bad", (await sara.GetAsync(mine + "&type=Collisions")).Words, StringComparison.Ordinal);
        Assert.Contains("1 certification ", (await sara.GetAsync(mine + "&reconstruction=prompt")).Words, StringComparison.Ordinal);
        Assert.Contains("1 certification ", (await sara.GetAsync(mine + $"&runs={bad}-{bad}")).Words, StringComparison.Ordinal);
        Assert.Contains("0 certifications", (await sara.GetAsync(mine + "&to=2020-01-01")).Words, StringComparison.Ordinal);
        var chip = (await sara.GetAsync(mine + "&verdict=bad")).Find("a.chip[href*=shifter]");
        Assert.Equal(mine, chip.GetAttribute("href"));
    }

    [Fact]
    public async Task A_page_beyond_the_end_is_the_last_page()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);
        await FillAsync(site, guest.User!, 27);

        var page = await guest.GetAsync($"/certifications?shifter={guest.User!.Login}&page=99");

        Assert.Contains("26–27 of 27", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selection_of_runs_is_read_as_people_write_it()
    {
        var selection = RunSelection.Parse(" 380115 – 380117,380200;\n380115 ", out var problem);

        Assert.Null(problem);
        Assert.Equal([380200, 380117, 380116, 380115], selection!.Numbers(10));
        Assert.Equal([380116], selection.Apply(new[] { 380116, 380118 }.AsQueryable(), number => number));
    }

    [Theory]
    [InlineData("express")]
    [InlineData("380115-")]
    [InlineData("1-2-3")]
    [InlineData("0")]
    [InlineData("99999999999999999999")]
    [InlineData("380115.5")]
    public void What_is_no_run_number_is_named(string text)
    {
        Assert.Null(RunSelection.Parse(text, out var problem));

        Assert.Contains(text, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_written_is_no_selection_and_no_mistake()
    {
        Assert.Null(RunSelection.Parse("  ", out var problem));

        Assert.Null(problem);
    }

    private static async Task<int> CostAsync(WebSite of, Visitor visitor, string address)
    {
        var before = of.Commands.Count;
        await visitor.GetAsync(address);
        return of.Commands.Count - before;
    }

    private static async Task FillAsync(WebSite of, User owner, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await of.Given.CertificationAsync(owner);
            if (count > 25) continue;
            await of.Given.ReferenceAsync(owner);
            await of.Given.RunAsync();
        }
    }
}
