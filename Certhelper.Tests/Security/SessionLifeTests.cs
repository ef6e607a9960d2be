using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Certhelper.Core.People;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Security;

/// <summary>How long a session lasts, and what its keys are worth to somebody who reads the database.</summary>
public sealed class SessionLifeTests
{
    private const string CertificateFile = "DataProtection:CertificateFile";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_is_used_all_the_time_ends_after_24_hours()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var sso = await KeySwitchingSso.StartAsync();
        await using var site = new WebSite { Settings = { ["Sso:Authority"] = sso.Authority }, Clock = clock };
        await site.InitializeAsync();
        var sara = site.SignedOut();
        await sso.SignInAsync(sara);

        for (var half = 1; half < 48; half++)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync("/links")).Status);
        }

        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.StartsWith("/signin", (await sara.GetAsync("/links")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends_after_12_hours()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var sso = await KeySwitchingSso.StartAsync();
        await using var site = new WebSite { Settings = { ["Sso:Authority"] = sso.Authority }, Clock = clock };
        await site.InitializeAsync();
        var sara = site.SignedOut();
        await sso.SignInAsync(sara);

        clock.Advance(TimeSpan.FromHours(12.1));

        Assert.StartsWith("/signin", (await sara.GetAsync("/links")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_the_keys_in_the_database_make_no_cookie_for_whoever_reads_it()
    {
        using var folder = new KeptFolder();
        var (ours, foreign) = (folder.Certificate("ours"), folder.Certificate("foreign"));
        await using var site = new WebSite { Settings = { [CertificateFile] = ours } };
        await site.InitializeAsync();
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var here = await sara.GetAsync("/links");
        await using var replica = await WebSite.ReplicaOfAsync(site, new() { [CertificateFile] = ours });
        var there = await sara.At(replica).GetAsync("/links");
        await using var thief = await WebSite.ReplicaOfAsync(site, new() { [CertificateFile] = foreign });
        var stolen = await sara.At(thief).GetAsync("/links");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (here.Status, there.Status));
        Assert.StartsWith("/signin", stolen.Location, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.All(await db.DataProtectionKeys.Select(key => key.Xml).ToListAsync(Stop), xml => Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_change_of_the_certificate_sessions_go_on()
    {
        using var folder = new KeptFolder();
        var (old, current) = (folder.Certificate("old"), folder.Certificate("current"));
        await using var site = new WebSite { Settings = { [CertificateFile] = old } };
        await site.InitializeAsync();
        var sara = await site.SignedInAsAsync(Role.Shifter);
        Assert.Equal(HttpStatusCode.OK, (await sara.GetAsync("/links")).Status);

        await using var renewed = await WebSite.ReplicaOfAsync(site, new() { [CertificateFile] = current, ["DataProtection:PreviousCertificateFile"] = old });

        Assert.Equal(HttpStatusCode.OK, (await sara.At(renewed).GetAsync("/links")).Status);
    }

    [Fact]
    public async Task Where_everything_is_https_cookies_say_so_and_belong_to_this_host_alone()
    {
        await using var sso = await KeySwitchingSso.StartAsync();
        await using var site = new WebSite { Settings = { ["Session:HttpsOnly"] = "true", ["Sso:Authority"] = sso.Authority } };
        await site.InitializeAsync();

        var page = await site.SignedOut().GetAsync("https://localhost/signout");
        var leaving = await site.SignedOut().GetAsync("https://localhost/signin");

        string[] cookies = [.. new[] { page, leaving }.SelectMany(answer => answer.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])];
        // That of the forms, and the two that the answer of SSO is compared with.
        foreach (var name in new[] { "certhelper.forms", "certhelper.asked.", "certhelper.nonce." }) Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-" + name, StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("__Host-" + Session.CookieName, site.SessionCookieName);
    }

    [Fact]
    public async Task D118_hosts_and_https_are_settings_browsers_are_told_to_stay_with_https_and_probes_answer()
    {
        await using var site = new WebSite { Settings = { ["Session:HttpsOnly"] = "true", ["AllowedHosts"] = "certhelper.example;second.example" } };
        await site.InitializeAsync();

        async Task<System.Net.Http.HttpResponseMessage> AskAsync(string address) => (await site.SignedOut().GetAsync(address)).Response;

        foreach (var host in new[] { "certhelper.example", "second.example" })
        {
            var page = await AskAsync($"https://{host}/welcome");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("https://elsewhere.example/welcome")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("https://certhelper.example/alive")).StatusCode);
        Assert.NotEqual(HttpStatusCode.NotFound, (await AskAsync("https://certhelper.example/health")).StatusCode);
    }

    private sealed class KeptFolder : IDisposable
    {
        private readonly string folder = TestFolder.Create("certhelper-keys-");

        /// <summary>A self-signed certificate with its key, without a password.</summary>
        public string Certificate(string name)
        {
            using var key = RSA.Create(2048);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
            var file = Path.Combine(folder, name + ".pfx");
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
            return file;
        }

        public void Dispose() => TestFolder.Delete(folder);
    }
}
