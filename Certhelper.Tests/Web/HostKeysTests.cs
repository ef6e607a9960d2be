using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>The page on which administrators decide about the keys of hosts.</summary>
public sealed class HostKeysTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_key_is_shown_with_how_to_verify_it_and_is_approved_at_a_press()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var id = await SeenAsync("vocms066", "SHA256:abcDEF+/123", "<b>ssh-ed25519</b>");

        var page = await adam.GetAsync("/admin/hosts");
        var card = page.Find($"section[aria-labelledby=key-{id}]");
        var script = await adam.GetAsync("/admin/scripts/tracker-maps");
        var done = await adam.PostAsync($"/admin/hosts/{id}", page.Fields($"#approve-{id}", ("act", "approve")));
        var after = await adam.GetAsync("/admin/hosts");

        Assert.Contains("SHA256:abcDEF+/123", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("ssh-keygen -lf", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tracker maps", card.TextContent, StringComparison.Ordinal);
        Assert.Null(card.QuerySelector("b, input[name=Typed]"));
        Assert.DoesNotContain("host-key-changed", card.ClassName, StringComparison.Ordinal);
        Assert.Contains("The key of vocms066:22 waits to be approved", script.Words, StringComparison.Ordinal);
        Assert.Equal("/admin/hosts", done.Location);
        Assert.Equal((HostKeyState.Approved, adam.User!.Id), await StateAsync(id));
        Assert.Null(after.Document.QuerySelector($"#key-{id}"));
        Assert.Contains(adam.User.Name, after.Find("table").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("vocms066:22 waits", (await adam.GetAsync("/admin/scripts/tracker-maps")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_key_is_alarming_everywhere_and_is_approved_only_with_the_name_of_the_host_typed()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var before = await SeenAsync("changed", "SHA256:before");
        await DecideAsync(adam, before);
        var id = await SeenAsync("changed", "SHA256:after");

        var page = await adam.GetAsync("/admin/hosts");
        var scripts = await adam.GetAsync("/admin/scripts");
        var form = page.Fields($"#approve-{id}", ("act", "approve"));
        var untyped = await adam.PostAsync($"/admin/hosts/{id}", form);
        var mistyped = await adam.PostAsync($"/admin/hosts/{id}", new(form) { ["Typed"] = "change" });
        var still = await StateAsync(before);
        var typed = await adam.PostAsync($"/admin/hosts/{id}", mistyped.Fields($"#approve-{id}", ("act", "approve"), ("Typed", " Changed ")));

        var card = page.Find($"section[aria-labelledby=key-{id}]");
        Assert.Contains("host-key-changed", card.ClassName, StringComparison.Ordinal);
        Assert.Contains("Somebody may be in between", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("SHA256:before", card.TextContent, StringComparison.Ordinal);
        // Other hosts may show other keys too.
        Assert.Matches(@"\bchanged:22\b.* shows? another key", page.Find("main > .notice-bad").TextContent);
        Assert.Matches(@"\bchanged:22\b.* shows? another key", scripts.Find("main > .notice-bad").TextContent);
        Assert.NotNull(page.Document.QuerySelector(".rail-badge-bad"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (untyped.Status, mistyped.Status));
        Assert.Contains("Type the name of the host", mistyped.Find($"#typed-{id}-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("change", mistyped.Find($"#typed-{id}").GetAttribute("value"));
        Assert.Equal($"#typed-{id}", mistyped.Find(".summary-wrong a").GetAttribute("href"));
        Assert.Equal(HostKeyState.Approved, still.State);
        Assert.Equal("/admin/hosts", typed.Location);
        Assert.Equal((HostKeyState.Replaced, HostKeyState.Approved), ((await StateAsync(before)).State, (await StateAsync(id)).State));
    }

    [Fact]
    public async Task A_changed_key_is_refused_at_a_press_and_what_is_shown_again_is_said()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var before = await SeenAsync("refused", "SHA256:good");
        await DecideAsync(adam, before);
        var id = await SeenAsync("refused", "SHA256:bad");

        var page = await adam.GetAsync("/admin/hosts");
        var done = await adam.PostAsync($"/admin/hosts/{id}", page.Fields($"section[aria-labelledby=key-{id}] form:not([id])", ("act", "refuse")));
        var quiet = Row(await adam.GetAsync("/admin/hosts"));
        await SeenAsync("refused", "SHA256:bad");
        var again = Row(await adam.GetAsync("/admin/hosts"));

        Assert.Equal("/admin/hosts", done.Location);
        Assert.Equal((HostKeyState.Refused, HostKeyState.Approved), ((await StateAsync(id)).State, (await StateAsync(before)).State));
        Assert.DoesNotContain("shown again", quiet, StringComparison.Ordinal);
        Assert.Contains("shown again since", again, StringComparison.Ordinal);

        static string Row(WebPage page) => page.Document.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("SHA256:bad", StringComparison.Ordinal)).TextContent;
    }

    [Fact]
    public async Task Who_decides_on_an_old_page_is_told_that_somebody_decided_meanwhile()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var eva = await site.SignedInAsAsync(Role.Admin);
        var one = await SeenAsync("raced", "SHA256:one");
        var other = await SeenAsync("raced", "SHA256:other");
        var old = await adam.GetAsync("/admin/hosts");
        await DecideAsync(eva, one);

        var refusing = await adam.PostAsync($"/admin/hosts/{one}", old.Fields($"section[aria-labelledby=key-{one}] form:not([id])", ("act", "refuse")));
        var approving = await adam.PostAsync($"/admin/hosts/{other}", old.Fields($"#approve-{other}", ("act", "approve")));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (refusing.Status, approving.Status));
        Assert.Contains($"somebody decided about this host meanwhile; this key last by {eva.User!.Name}", refusing.Words, StringComparison.Ordinal);
        Assert.NotNull(approving.Document.QuerySelector(".host-key-changed"));
        Assert.Equal((HostKeyState.Approved, HostKeyState.Pending), ((await StateAsync(one)).State, (await StateAsync(other)).State));
    }

    [Fact]
    public async Task Nobody_but_administrators_sees_or_decides_and_no_decision_goes_without_its_token()
    {
        var adam = await site.SignedInAsAsync(Role.Admin);
        var olga = await site.SignedInAsAsync(Role.Ops, Role.Expert, Role.ShiftLeader);
        var id = await SeenAsync("guarded", "SHA256:guarded");
        var approve = new Dictionary<string, string>(await olga.TokenAsync()) { ["act"] = "approve", ["SeenState"] = "Pending" };

        Assert.Equal(HttpStatusCode.Forbidden, (await olga.GetAsync("/admin/hosts")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.GetAsync($"/admin/hosts/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.PostAsync($"/admin/hosts/{id}", approve)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await adam.PostAsync($"/admin/hosts/{id}", new() { ["act"] = "approve", ["SeenState"] = "Pending" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await adam.PressAsync($"/admin/hosts/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await adam.GetAsync("/admin/hosts/999999")).Status);
        Assert.Equal(HostKeyState.Pending, (await StateAsync(id)).State);
        Assert.Null((await olga.GetAsync("/")).Document.QuerySelector(".rail-badge, #rail a[href='/admin/hosts']"));
        Assert.NotNull((await adam.GetAsync("/")).Document.QuerySelector("#rail a[href='/admin/hosts'] .rail-badge"));
    }

    private async Task<int> SeenAsync(string host, string fingerprint, string algorithm = "ssh-ed25519")
    {
        await using var db = site.Database.NewContext();
        await new HostKeyDesk(db, TimeProvider.System).SeeAsync(host, 22, algorithm, fingerprint, Token);
        return await db.HostKeys.Where(key => key.Host == host && key.Fingerprint == fingerprint).Select(key => key.Id).SingleAsync(Token);
    }

    private static async Task DecideAsync(Visitor visitor, int id) => Assert.Equal(
        "/admin/hosts",
        (await visitor.SubmitAsync("/admin/hosts/" + id.ToString(CultureInfo.InvariantCulture), $"#approve-{id}", ("act", "approve"))).Location);

    private async Task<(HostKeyState State, int? By)> StateAsync(int id)
    {
        await using var db = site.Database.NewContext();
        var key = await db.HostKeys.SingleAsync(row => row.Id == id, Token);
        return (key.State, key.DecidedById);
    }
}
