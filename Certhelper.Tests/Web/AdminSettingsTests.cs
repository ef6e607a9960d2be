using System.Net;
using Certhelper.Core.Administration;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Tests.Oms;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Web;

/// <summary>What administrators set while the site runs, and that it holds in every process.</summary>
public sealed class AdminSettingsTests : IAsyncLifetime
{
    private readonly TestClock clock = new(TimeProvider.System.GetUtcNow());
    private WebSite site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = new WebSite { Clock = clock };
        await site.InitializeAsync();
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_limit_is_changed_with_a_reason_holds_in_every_replica_within_seconds_and_is_put_back()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await using var replica = await WebSite.ReplicaOfAsync(site);
        var page = "/admin/settings/limits/FewLumisections";

        var without = await adam.SubmitAsync(page, "main form", ("Value", "25"));
        var wrong = await adam.SubmitAsync(page, "main form", ("Value", "-3"), ("Why", "Shorter runs"));
        var done = await adam.SubmitAsync(page, "main form", ("Value", "25"), ("Why", "Shorter runs"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (without.Status, wrong.Status));
        Assert.Equal("25", without.Fields("main form")["Value"]);
        Assert.Equal("/admin/rules#few-lumisections", done.Location);
        Assert.Equal(25, site.Service<IOptions<CertificationOptions>>().Value.FewLumisections);
        await EventuallyAsync(() => replica.Service<IOptions<CertificationOptions>>().Value.FewLumisections == 25);
        Assert.Contains("25 lumisections", (await adam.GetAsync("/admin/rules")).Words, StringComparison.Ordinal);
        Assert.Contains("Shorter runs", (await adam.GetAsync(page)).Find("section[aria-labelledby=history-title]").TextContent, StringComparison.Ordinal);

        await adam.SubmitAsync(page, "main form", ("act", "default"), ("Why", "As before"));

        await EventuallyAsync(() => replica.Service<IOptions<CertificationOptions>>().Value.FewLumisections == 10);
    }

    [Fact]
    public async Task Who_is_overtaken_changes_nothing_and_keeps_what_was_typed()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var page = "/admin/settings/limits/ManyLumisections";
        var opened = await adam.GetAsync(page);
        await adam.SubmitAsync(page, "main form", ("Value", "300"), ("Why", "First"));

        var told = await adam.PostAsync(page, opened.Fields("main form", ("Value", "400"), ("Why", "Second")));
        var stayed = site.Service<IOptions<CertificationOptions>>().Value.ManyLumisections;
        var again = await adam.PostAsync(page, told.Fields("main form"));

        Assert.Equal(HttpStatusCode.Conflict, told.Status);
        Assert.Equal("400", told.Fields("main form")["Value"]);
        Assert.Equal(300, stayed);
        Assert.Equal(HttpStatusCode.Found, again.Status);
        Assert.Equal(400, site.Service<IOptions<CertificationOptions>>().Value.ManyLumisections);
    }

    [Fact]
    public async Task A_banner_is_on_every_page_put_away_by_a_person_until_it_changes_and_ends_by_itself()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        await BannerAsync(adam, "**OMS** is slow <script>alert(1)</script>", clock.GetUtcNow().AddHours(1));

        var banner = (await sara.GetAsync("/runs")).Find("aside[aria-label=Notice]");
        Assert.Equal("OMS", banner.QuerySelector("strong")!.TextContent);
        Assert.Null(banner.QuerySelector("script"));
        Assert.NotNull((await site.SignedOut().GetAsync("/welcome")).Document.QuerySelector("aside[aria-label=Notice]"));

        var away = await sara.PostAsync("/banner", (await sara.GetAsync("/runs")).Fields("aside[aria-label=Notice] form"));
        Assert.Equal("/runs", away.Location);
        Assert.Null((await sara.GetAsync("/runs")).Document.QuerySelector("aside[aria-label=Notice]"));
        Assert.NotNull((await adam.GetAsync("/runs")).Document.QuerySelector("aside[aria-label=Notice]"));

        await BannerAsync(adam, "OMS is slow still", clock.GetUtcNow().AddHours(1));
        Assert.NotNull((await sara.GetAsync("/runs")).Document.QuerySelector("aside[aria-label=Notice]"));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Null((await (await site.SignedInAsAsync(Role.Shifter)).GetAsync("/links")).Document.QuerySelector("aside[aria-label=Notice]"));
    }

    [Fact]
    public async Task In_maintenance_everything_is_read_nothing_is_saved_what_was_typed_is_kept_and_it_ends_by_itself()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var form = await sara.GetAsync("/bad-reasons/add");
        await MaintenanceAsync(adam, "The database moves", clock.GetUtcNow().AddHours(1));

        var stopped = await sara.PostAsync("/bad-reasons/add", form.Fields("main form", ("Name", "Moved <b>"), ("Description", "By us")));
        var api = await sara.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, stopped.Status);
        Assert.NotNull(stopped.Response.Headers.RetryAfter);
        Assert.Contains("The database moves", stopped.Words, StringComparison.Ordinal);
        Assert.Equal("Moved <b>", stopped.Fields("main form")["Name"]);
        Assert.Equal("/bad-reasons/add", stopped.Find("main form").GetAttribute("action"));
        // The token is the one that came: a forged form does not become a good one here.
        Assert.Equal(form.Fields("main form")["__token"], stopped.Fields("main form")["__token"]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, api.Status);
        Assert.Contains("The database moves", api.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync("/runs")).Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.BadReasons.AnyAsync(reason => reason.Name == "Moved <b>", Stop));
        Assert.Equal("/signed-out?here=only", (await (await site.SignedInAsAsync(Role.Guest)).PressAsync("/signout")).Location);

        clock.Advance(TimeSpan.FromMinutes(61));
        // Its session has grown old meanwhile, and SSO is away here.
        var later = await site.SignedInAsAsync(Role.Shifter);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, (await later.SubmitAsync("/bad-reasons/add", "main form", ("Name", "Moved"), ("Description", "By us"))).Status);
    }

    [Fact]
    public async Task Maintenance_is_ended_by_an_administrator()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await MaintenanceAsync(adam, "The database moves", null);

        var ended = await adam.SubmitAsync("/admin/settings/maintenance", "main form", ("act", "end"), ("Why", "It is there"));

        Assert.Equal("/admin/settings", ended.Location);
        Assert.Null(site.Service<SiteBoard>().Now.Maintenance(clock.GetUtcNow()));
    }

    [Fact]
    public async Task Scripts_that_are_switched_off_cannot_be_started_and_say_so_where_they_are()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        await adam.SubmitAsync("/admin/settings/switches/Scripts", "main form", ("Why", "vocms066 is installed anew"));
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var page = await sara.GetAsync("/scripts/practice-quick");
        var refused = await sara.PressAsync("/scripts/practice-quick");

        Assert.Contains("Starting scripts is switched off.", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        await using var db = site.Database.NewContext();
        Assert.False(await db.Executions.AnyAsync(Stop));
        await adam.SubmitAsync("/admin/settings/switches/Scripts", "main form", ("Why", "It is back"));
        Assert.DoesNotContain("switched off", (await sara.GetAsync("/scripts/practice-quick")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_over_and_an_empty_text_are_refused_at_their_fields()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);

        var over = await adam.SubmitAsync("/admin/settings/banner", "form[data-unsaved]", ("Text", "Old"), ("Until", "2020-01-01T10:00"), ("Why", "Test"));
        var nonsense = await adam.SubmitAsync("/admin/settings/banner", "form[data-unsaved]", ("Text", "New"), ("Until", "tomorrow"), ("Why", "Test"));
        var empty = await adam.SubmitAsync("/admin/settings/maintenance", "main form", ("Because", " "), ("Why", "Test"));

        Assert.NotNull(over.Document.QuerySelector("#Until-error"));
        Assert.NotNull(nonsense.Document.QuerySelector("#Until-error"));
        Assert.NotNull(empty.Document.QuerySelector("#Because-error"));
        await using var db = site.Database.NewContext();
        Assert.False(await db.Settings.AnyAsync(Stop));
    }

    private static async Task BannerAsync(Visitor adam, string text, DateTimeOffset until) => Assert.Equal(
        "/admin/settings",
        (await adam.SubmitAsync("/admin/settings/banner", "form[data-unsaved]", ("Text", text), ("Severity", "Warning"), ("Until", Geneva(until)), ("Why", "Test"))).Location);

    private static async Task MaintenanceAsync(Visitor adam, string because, DateTimeOffset? until) => Assert.Equal(
        "/admin/settings",
        (await adam.SubmitAsync("/admin/settings/maintenance", "main form", ("Because", because), ("Until", until is { } end ? Geneva(end) : ""), ("Why", "Test"))).Location);

    private static string Geneva(DateTimeOffset at) => Certhelper.Core.Runs.ExperimentDay.Local(at).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task EventuallyAsync(Func<bool> so)
    {
        for (var tries = 0; !so() && tries < 100; tries++) await Task.Delay(100, Stop);
        Assert.True(so(), "Not within ten seconds.");
    }
}
