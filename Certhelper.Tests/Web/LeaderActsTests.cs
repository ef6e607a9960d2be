using System.Globalization;
using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>What a leader does to certifications: one by one, several at once, deleted ones, and those whose facts have changed.</summary>
public sealed class LeaderActsTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F140_rows_lead_to_edit_delete_and_promote()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!,
        [
            new(701_101, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 11), true), new(701_102, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 11), false),
        ]);

        var page = await lena.GetAsync("/leader?from=2019-06-11&to=2019-06-11&sort=run");

        var acts = page.Document.QuerySelectorAll("#list tbody tr").Select(row => row.QuerySelectorAll(".row-act a").Select(link => link.GetAttribute("href")!).ToArray()).ToList();
        Assert.Equal([$"/certifications/{ids[0]}/edit", $"/certifications/{ids[0]}/promote", $"/certifications/{ids[0]}/delete"], acts[0]);
        Assert.Equal([$"/certifications/{ids[1]}/edit", $"/certifications/{ids[1]}/delete"], acts[1]);
    }

    [Fact]
    public async Task Several_are_deleted_and_one_that_was_changed_meanwhile_is_named_and_stays()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!, LeaderSamples.Runs(701_201, 3, new(2019, 6, 12)));
        const string address = "/leader?from=2019-06-12&to=2019-06-12&sort=run";
        var opened = await lena.GetAsync(address);
        await lena.SubmitAsync($"/certifications/{ids[1]}/hand-over", "form.prose", ("ToUserId", (await site.SignedInAsAsync(Role.Shifter)).User!.Id.ToString(CultureInfo.InvariantCulture)));

        var withoutWhy = await PostAsync(lena, opened, address, "delete", Picks(opened));
        var done = await PostAsync(lena, opened, address, "delete", Picks(opened), ("Why", "taken twice"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutWhy.Status);
        Assert.Equal(3, withoutWhy.Document.QuerySelectorAll("input[name=pick][checked]").Length);
        Assert.Contains("2 of 3 done.", done.Words, StringComparison.Ordinal);
        Assert.Equal(
            ["701201 express Deleted.", "701202 express Not done: it was changed since this page was opened. Look at it again.", "701203 express Deleted."],
            done.Document.QuerySelectorAll(".results li").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await using var db = site.Database.NewContext();
        Assert.Equal([ids[1]], await db.Certifications.Where(item => ids.Contains(item.Id)).Select(item => item.Id).ToListAsync(Stop));
        var revision = await db.CertificationRevisions.SingleAsync(item => item.CertificationId == ids[0] && item.Number == 2, Stop);
        Assert.Equal((RevisionKind.Deleted, "taken twice", (int?)lena.User!.Id), (revision.Kind, revision.Why, revision.ById));

        var deleted = await lena.GetAsync("/leader/deleted?from=2019-06-12&to=2019-06-12");
        Assert.Equal(2, deleted.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("taken twice", deleted.Words, StringComparison.Ordinal);
        Assert.Contains("by " + lena.User.Name, deleted.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_handed_over_and_promoted_each_with_its_own_result()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!,
        [
            new(701_301, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 13), true), new(701_302, RunType.Collisions, Reconstruction.Express, 1, 10, new(2019, 6, 13), false),
        ]);
        const string address = "/leader?from=2019-06-13&to=2019-06-13&sort=run";

        var opened = await lena.GetAsync(address);
        var promoted = await PostAsync(lena, opened, address, "promote", Picks(opened));
        var toNobody = await PostAsync(lena, promoted, address, "hand-over", Picks(promoted));
        var handed = await PostAsync(lena, promoted, address, "hand-over", Picks(promoted), ("ToUserId", sara.User!.Id.ToString(CultureInfo.InvariantCulture)));
        var nothing = await PostAsync(lena, handed, address, "delete", [], ("Why", "x"));

        Assert.Contains("1 of 2 done.", promoted.Words, StringComparison.Ordinal);
        Assert.Contains("701302 express is certified as bad.", promoted.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, toNobody.Status);
        Assert.Contains("2 of 2 done.", handed.Words, StringComparison.Ordinal);
        Assert.Contains("Choose at least one certification", nothing.Words, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.All(await db.Certifications.Where(item => ids.Contains(item.Id)).ToListAsync(Stop), item => Assert.Equal(sara.User.Id, item.OwnerId));
        Assert.Equal(1, await db.References.CountAsync(item => item.RunReconstruction!.RunNumber == 701_301 && item.RetiredAt == null, Stop));
    }

    [Fact]
    public async Task D92_deleted_ones_follow_the_period_are_paged_and_restored_there()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var adam = await site.SignedInAsAsync(Role.Admin);
        var ids = await LeaderSamples.KeepAsync(site.Database, lena.User!, LeaderSamples.Runs(701_401, 30, new(2019, 6, 14)));
        foreach (var id in ids) await site.Given.DeletedAsync(id);
        const string address = "/leader/deleted?from=2019-06-14&to=2019-06-14";

        var page = await lena.GetAsync(address);
        var second = await lena.GetAsync(page.Find(".pager a[rel=next]").GetAttribute("href")!);
        var outside = await lena.GetAsync("/leader/deleted?from=2019-07-14&to=2019-07-14");
        await lena.PostAsync(page.Find("tbody form").GetAttribute("action")!, page.Fields("tbody form"));

        Assert.Equal((25, 5), (page.Document.QuerySelectorAll("tbody tr").Length, second.Document.QuerySelectorAll("tbody tr").Length));
        Assert.Contains("Nothing deleted here", outside.Words, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("a[href$='/remove']"));
        Assert.Equal(25, (await adam.GetAsync(address)).Document.QuerySelectorAll("a[href$='/remove']").Length);
        Assert.Contains("29 deleted", (await lena.GetAsync(address)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_facts_are_accepted_or_given_back_and_the_shifter_sees_it()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var ids = await LeaderSamples.KeepAsync(site.Database, sara.User!, LeaderSamples.Runs(701_801, 2, new(2019, 6, 20)));
        await using var db = site.Database.NewContext();
        foreach (var id in ids)
        {
            db.CertificationEvidence.Add(new CertificationEvidence { CertificationId = id, RevisionNumber = 1, At = TimeProvider.System.GetUtcNow(), Facts = [new EvidenceFact("Lumisections", "8", "OMS", null)], Datasets = [] });
            db.FactChanges.Add(new FactChange { CertificationId = id, Fact = "Lumisections", Old = "8", New = "10", DetectedAt = TimeProvider.System.GetUtcNow(), ChangedAt = TimeProvider.System.GetUtcNow() });
        }

        await db.SaveChangesAsync(Stop);
        const string address = "/leader/changed?from=2019-06-20&to=2019-06-20";
        var page = await lena.GetAsync(address);
        string Form(int id) => $"[data-certification='{id}'] form";

        var accepted = await lena.PostAsync(page.Find(Form(ids[0])).GetAttribute("action")!, page.Fields(Form(ids[0])));
        var reopen = page.Find(Form(ids[1]) + " button[formaction]").GetAttribute("formaction")!;
        var withoutWhy = await lena.PostAsync(reopen, page.Fields(Form(ids[1])));
        var reopened = await lena.PostAsync(reopen, page.Fields(Form(ids[1]), ("why", "two lumisections more")));
        var shift = await sara.GetAsync("/");
        var details = await sara.GetAsync($"/certifications/{ids[1]}");
        var holds = await sara.PostAsync($"/certifications/{ids[1]}/still-right", details.Fields("form[action$='/still-right']"));

        Assert.Contains("8 → 10", page.Words, StringComparison.Ordinal);
        Assert.Equal(address, accepted.Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutWhy.Status);
        Assert.Contains("the shifter reads it", withoutWhy.Find($"#why-{ids[1]}-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(address, reopened.Location);
        Assert.Contains("two lumisections more", shift.Find("section[aria-labelledby=given-back-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("This is to be looked at again", details.Words, StringComparison.Ordinal);
        Assert.Equal($"/certifications/{ids[1]}", holds.Location);
        Assert.Null((await sara.GetAsync("/")).Document.QuerySelector("#given-back-title"));
        Assert.Contains("Nothing to decide", (await lena.GetAsync(address)).Words, StringComparison.Ordinal);
        Assert.Equal(2, (await lena.GetAsync(address + "&kind=decided")).Document.QuerySelectorAll("[data-certification]").Length);
    }

    private static List<string> Picks(WebPage page) => [.. page.Document.QuerySelectorAll("input[name=pick]").Select(box => box.GetAttribute("value")!)];

    private static async Task<WebPage> PostAsync(Visitor visitor, WebPage page, string address, string act, List<string> picks, params (string Name, string Value)[] fields)
    {
        List<KeyValuePair<string, string>> sent =
        [
            new("__token", page.Find("#list form input[name=__token]").GetAttribute("value")!), new("act", act),
            .. picks.Select(pick => KeyValuePair.Create("pick", pick)), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ];
        return await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(sent) });
    }
}
