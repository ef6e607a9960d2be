using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Security;

/// <summary>A shifter writes the numbers of somebody else's things into addresses and forms. Drafts and saved filters have tests of their own.</summary>
public sealed class ForeignObjectsTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certification_of_somebody_else_is_read_and_not_changed()
    {
        var (sara, tomas) = await TwoAsync();
        var id = await site.Given.CertificationAsync(sara.User!);
        await using var db = site.Database.NewContext();
        var before = await db.Certifications.AsNoTracking().SingleAsync(item => item.Id == id, Stop);

        foreach (var act in new[] { "edit", "delete", "restore", "remove", "hand-over", "promote" })
        {
            var answer = await tomas.PostAsync($"/certifications/{id}/{act}", new(await tomas.TokenAsync())
            {
                ["Id"] = Number(id),
                ["OwnerId"] = Number(tomas.User!.Id),
                ["Input.OwnerId"] = Number(tomas.User!.Id),
                ["To"] = Number(tomas.User!.Id),
                ["Why"] = "Mine now",
                ["Reason"] = "Mine now",
                ["Input.Pixel"] = "Bad",
                ["Version"] = before.Version.ToString(CultureInfo.InvariantCulture),
            });
            Assert.True(answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{act}: {answer.Status} {answer.Location}");
        }

        var after = await db.Certifications.AsNoTracking().SingleAsync(item => item.Id == id, Stop);
        Assert.Equal((before.OwnerId, before.Version, before.DeletedAt), (after.OwnerId, after.Version, after.DeletedAt));
        Assert.Equal(HttpStatusCode.OK, (await tomas.GetAsync($"/certifications/{id}")).Status);
    }

    [Fact]
    public async Task A_daily_report_is_written_frozen_and_made_anew_by_its_shifter_alone()
    {
        var (sara, tomas) = await TwoAsync();
        await using var db = site.Database.NewContext();
        var made = await new ReportDesk(db, new ReportWriter(db, new ReportData(db)), TimeProvider.System)
            .DailyAsync(new DateOnly(2026, 11, 20), sara.User!.Id, new Actor(sara.User.Id, sara.User.Login, sara.User.Name, sara.User.Roles), Stop);
        var id = Assert.IsType<ReportResult.Done>(made).ReportId;
        var before = await RevisionAsync(id);

        foreach (var act in new[] { "edit", "freeze", "regenerate" })
        {
            var answer = await tomas.PostAsync($"/reports/{id}/{act}", new(await tomas.TokenAsync()) { ["Version"] = "1", ["Notes[comment]"] = "Forged", ["PersonId"] = Number(tomas.User!.Id) });
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, answer.Status));
        }

        var asked = await tomas.PostAsync("/reports/daily", new(await tomas.TokenAsync()) { ["date"] = "2026-11-20", ["person"] = Number(sara.User.Id), ["PersonId"] = Number(sara.User.Id) });
        Assert.Equal(before, await RevisionAsync(id));
        Assert.DoesNotContain($"/reports/{id}", asked.Location ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_execution_of_somebody_else_is_watched_and_not_stopped_and_its_files_belong_to_it()
    {
        var (sara, tomas) = await TwoAsync();
        var execution = await new ExecutionSamples(site.Database).RunningAsync(sara.User!.Id);
        var other = await new ExecutionSamples(site.Database).RunningAsync(tomas.User!.Id);
        var run = await site.Given.RunAsync();
        var maps = await new MapSamples(site.Database).MapsAsync(sara.User.Id, run, "StreamExpress", "QTestAlarm");

        var stopped = await tomas.PressAsync($"/executions/{execution}/stop");
        var smuggled = await tomas.PostAsync($"/executions/{other}/stop", new(await tomas.TokenAsync()) { ["Id"] = Number(execution) });
        var elsewhere = await tomas.GetAsync($"/executions/{other}/files/{maps["QTestAlarm"]}");

        Assert.Equal(HttpStatusCode.Forbidden, stopped.Status);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.Status);
        await using var db = site.Database.NewContext();
        Assert.Null((await db.Executions.SingleAsync(item => item.Id == execution, Stop)).StopRequestedAt);
        // What the address says counts, whatever the form says: the own one was asked to stop.
        Assert.Equal($"/executions/{other}", smuggled.Location);
        Assert.Equal(HttpStatusCode.OK, (await tomas.GetAsync($"/executions/{execution}")).Status);
    }

    [Fact]
    public async Task A_lease_of_somebody_else_is_not_given_back_by_another()
    {
        var (sara, tomas) = await TwoAsync();
        var run = await site.Given.RunAsync();
        await sara.PressAsync($"/runs/{run}/express/lease");
        await using var db = site.Database.NewContext();
        var holder = await db.Leases.AsNoTracking().SingleAsync(lease => lease.RunNumber == run, Stop);

        await tomas.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/runs/{run}/express/lease"));
        await tomas.PostAsync($"/runs/{run}/express/lease?handler=back", await tomas.TokenAsync());

        Assert.Equal(holder.HolderId, (await db.Leases.AsNoTracking().SingleAsync(lease => lease.RunNumber == run, Stop)).HolderId);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<(Visitor Sara, Visitor Tomas)> TwoAsync() => (await site.SignedInAsAsync(Role.Shifter), await site.SignedInAsAsync(Role.Shifter));

    private async Task<(int Count, string? Content)> RevisionAsync(int report)
    {
        await using var db = site.Database.NewContext();
        var revisions = await db.ReportRevisions.AsNoTracking().Where(revision => revision.ReportId == report).OrderBy(revision => revision.Number).ToListAsync(Stop);
        return (revisions.Count, revisions[^1].Content);
    }
}
