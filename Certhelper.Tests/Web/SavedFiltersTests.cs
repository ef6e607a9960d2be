using System.Net;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Filters that people keep.</summary>
public sealed class SavedFiltersTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filter_is_kept_shared_replaced_renamed_and_deleted()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var tomas = await site.SignedInAsAsync(Role.Guest);

        var saved = await SaveAsync(sara, "/certifications?verdict=bad&sort=-run&page=3&evil=1", "Bad ones", shared: true);
        var hers = await sara.GetAsync("/certifications");
        var his = await tomas.GetAsync("/certifications");
        await SaveAsync(sara, "/certifications?verdict=good", "Bad ones", shared: false);
        var gone = await tomas.GetAsync("/certifications");

        Assert.Equal("/certifications?verdict=bad&sort=-run", saved.Location);
        Assert.Equal("/certifications?verdict=bad&sort=-run", hers.Find(".saved a").GetAttribute("href"));
        Assert.Contains($"Bad ones by {sara.User!.Name}", his.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Bad ones", gone.Words, StringComparison.Ordinal);

        var list = await sara.GetAsync("/saved-filters");
        await sara.PostAsync("/saved-filters?handler=change", list.Fields("form[action*=change]", ("name", "Good ones"), ("shared", "true")));
        Assert.Contains("Good ones", (await tomas.GetAsync("/certifications")).Words, StringComparison.Ordinal);
        var delete = (await sara.GetAsync("/saved-filters")).Fields("main form[action*=delete]");
        await tomas.PostAsync("/saved-filters?handler=delete", new(await tomas.TokenAsync()) { ["id"] = delete["id"] });
        await tomas.PostAsync("/saved-filters?handler=change", new(await tomas.TokenAsync()) { ["id"] = delete["id"], ["name"] = "Stolen" });
        Assert.Contains("Good ones", (await sara.GetAsync("/certifications")).Words, StringComparison.Ordinal);
        await sara.PostAsync("/saved-filters?handler=delete", delete);
        Assert.DoesNotContain("Good ones", (await sara.GetAsync("/certifications")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("certifications", "", "?verdict=bad", "name")]
    [InlineData("certifications", "Long {81}", "?verdict=bad", "too long")]
    [InlineData("certifications", "Nothing", "?page=3&evil=<script>", "choose a filter")]
    [InlineData("certifications", "Wrong", "?verdict=excellent", "excellent")]
    [InlineData("users", "Elsewhere", "?verdict=bad", "no such list")]
    public async Task What_cannot_be_kept_is_said_and_nothing_is_stored(string list, string name, string query, string says)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var fields = new Dictionary<string, string>(await sara.TokenAsync())
        {
            ["list"] = list,
            ["name"] = name.Replace("{81}", new string('x', 81), StringComparison.Ordinal),
            ["query"] = query,
        };

        await sara.PostAsync("/saved-filters?handler=save", fields);

        Assert.Contains(says, (await sara.GetAsync("/saved-filters")).Toasts, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.False(await db.SavedFilters.AnyAsync(item => item.OwnerId == sara.User!.Id, Token));
    }

    [Fact]
    public async Task Keeping_needs_the_token_of_the_form()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var page = await sara.PostAsync("/saved-filters?handler=save", new() { ["list"] = "runs", ["name"] = "x", ["query"] = "?type=cosmics" });

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public void A_kept_query_holds_only_what_the_list_knows() =>
        Assert.Equal("type=cosmics&sort=run", SavedFilterDesk.Known(KnownLists.Runs, "?returnUrl=//evil&sort=run&type=cosmics&verdict=bad"));

    private static async Task<WebPage> SaveAsync(Visitor visitor, string address, string name, bool shared)
    {
        var form = (await visitor.GetAsync(address)).Fields("form[action*=save]", ("name", name), ("shared", shared ? "true" : null));
        return await visitor.PostAsync("/saved-filters?handler=save", form);
    }
}
