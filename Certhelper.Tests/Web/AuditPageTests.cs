using System.Net;
using Certhelper.Core.Audit;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The audit as administrators see it, and what the site writes into it.</summary>
public sealed class AuditPageTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D117_and_D125_a_change_a_refusal_an_export_and_a_sign_out_are_told_with_who_and_what()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var adam = await site.SignedInAsAsync(Role.Admin);
        await sara.GetAsync("/admin/audit");
        await sara.GetAsync("/certifications/export.csv?verdict=bad");
        await sara.SubmitAsync("/bad-reasons/add", "main form", ("Name", "Audited reason"), ("Description", "Because"), ("Input.Name", "Audited reason"), ("Input.Description", "Because"));
        await sara.PressAsync("/signout");

        await using var db = site.Database.NewContext();
        var events = await db.AuditEntries.Where(entry => entry.By == sara.User!.Login).OrderBy(entry => entry.Id).ToListAsync(Stop);
        Assert.Contains(events, entry => entry is { Event: AuditEvent.Refused, Kind: "ViewAudit", Details: "GET /admin/audit" });
        Assert.Contains(events, entry => entry is { Event: AuditEvent.Exported, Kind: "certifications", Details: "/certifications/export.csv?verdict=bad" });
        Assert.Contains(events, entry => entry is { Event: AuditEvent.Created, Kind: "BadReason" } && entry.ById == sara.User!.Id);
        Assert.Contains(events, entry => entry is { Event: AuditEvent.SignedOut });

        var page = await adam.GetAsync("/admin/audit?person=" + sara.User!.Login);
        Assert.Equal(events.Count, page.Document.QuerySelectorAll(".audit-table tbody tr").Length);
        Assert.Contains("Audited reason", (await adam.GetAsync("/admin/audit?text=audited+REASON")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Audited reason", (await adam.GetAsync("/admin/audit?event=exported")).Words, StringComparison.Ordinal);
        var file = System.Text.Json.JsonDocument.Parse((await adam.GetAsync($"/admin/audit/export.json?event=created&kind=BadReason&person={sara.User!.Login}")).Text);
        Assert.Equal("Audited reason", Assert.Single(file.RootElement.EnumerateArray()).GetProperty("changes").GetProperty("Name")[1].GetString());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat_and_the_file_holds_exactly_what_is_listed()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await using (var db = site.Database.NewContext())
            await db.AuditAsync(Stop, [.. Enumerable.Range(0, 120).Select(number => new AuditNote(AuditEvent.Changed, "Paged", $"{number}", Details: number == 3 ? "=1+1" : null))]);

        List<string> seen = [];
        for (var address = "/admin/audit?kind=Paged"; address is not null;)
        {
            var page = await adam.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            seen.AddRange(page.Document.QuerySelectorAll(".audit-what p:first-child span").Select(item => item.TextContent.Split(' ')[1]));
            address = page.Document.QuerySelectorAll(".audit-pager a").FirstOrDefault(link => link.TextContent.Contains("Older", StringComparison.Ordinal))?.GetAttribute("href");
        }

        var file = await adam.GetAsync("/admin/audit/export.csv?kind=Paged");

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
        Assert.Equal(121, file.Text.TrimEnd().Split("\r\n").Length);
        Assert.Contains(",'=1+1,", file.Text, StringComparison.Ordinal);
        Assert.Equal(120, System.Text.Json.JsonDocument.Parse((await adam.GetAsync("/admin/audit/export.json?kind=Paged")).Text).RootElement.GetArrayLength());
        await using var after = site.Database.NewContext();
        Assert.Equal(2, await after.AuditEntries.CountAsync(entry => entry.Event == AuditEvent.Exported && entry.Kind == "audit" && entry.By == adam.User!.Login, Stop));
    }
}
