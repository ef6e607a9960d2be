using System.Globalization;
using System.Net;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Audit;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Security;

/// <summary>Every parameter of every list, filled with what an attacker would send in a link.</summary>
public sealed class HostileAddressTests(WebSite site, ITestOutputHelper output) : IClassFixture<WebSite>
{
    private const string Tag = "canary-tag";
    private const string Attribute = "data-canary";

    private static readonly string[] Values =
    [
        "' OR '1'='1'; DROP TABLE runs CASCADE; --",
        "id desc, (select login from users)",
        "\0%_\\",
        "\r\nSet-Cookie: canary=1\ud83d\ude00\u202e",
        $"x\" {Attribute}=\"1' {Attribute}='1' \"><{Tag}>'><{Tag}></script></title></textarea><{Tag}>",
        new string('9', 400),
    ];

    private static readonly string[] Shape = ["sort", "size", "page", "columns", "before", "trace", "kind", "days", "week", "list", "returnUrl", "id"];

    public static TheoryData<string> Lists =>
        new("/certifications", "/runs", "/references", "/executions", "/maps", "/", "/comparison", "/leader", "/leader/overview", "/leader/registry",
            "/leader/changed", "/leader/deleted", "/leader/central", "/leader/summary", "/leader/report", "/reports", "/reports/daily", "/reports/schedules",
            "/admin/audit", "/jump", "/scripts/tracker-maps", "/api/v1/certifications", "/api/v1/runs", "/api/v1/open-runs", "/api/v1/references");

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Nothing_in_an_address_reaches_SQL_or_the_page_as_more_than_text(string path)
    {
        var everybody = await site.SignedInAsAsync(Enum.GetValues<Role>());
        await site.Given.CertificationAsync(everybody.User!, await site.Given.RunAsync());
        var before = await RowsAsync();
        string[] names = [.. ParametersOf(path).Select(parameter => parameter.Name).Concat(Shape).Distinct()];
        List<string> wrong = [];

        // Each is sent alone: the first that is refused would hide those after it.
        foreach (var name in names)
        {
            foreach (var value in Values)
            {
                var page = await everybody.GetAsync($"{path}?{name}={Uri.EscapeDataString(value)}");
                if (page.Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}: {(int)page.Status}"));
                if (!IsPage(path)) continue;
                if (page.Document.QuerySelector(Tag) is not null) wrong.Add($"{name}={value}: a tag of the address is on the page");
                if (page.Document.QuerySelector($"[{Attribute}]") is not null) wrong.Add($"{name}={value}: an attribute of the address is on the page");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {names.Length * Values.Length} addresses."));
        Assert.Empty(wrong);
        Assert.Equal(before, await RowsAsync());
        Assert.Equal(HttpStatusCode.OK, (await everybody.GetAsync("/runs")).Status);
    }

    // What else answers is JSON, sent with nosniff.
    private static bool IsPage(string path) => !path.StartsWith("/api", StringComparison.Ordinal);

    private static IReadOnlyList<FilterParameter> ParametersOf(string path) => path switch
    {
        "/runs" or "/api/v1/runs" => RunFilter.Parameters,
        "/executions" => ExecutionFilter.Parameters,
        "/admin/audit" => AuditFilter.Parameters,
        _ => CertificationFilter.Parameters,
    };

    private async Task<(int Runs, int Certifications, int People)> RowsAsync()
    {
        await using var db = site.Database.NewContext();
        var stop = TestContext.Current.CancellationToken;
        return (await db.Runs.CountAsync(stop), await db.Certifications.CountAsync(stop), await db.Users.CountAsync(stop));
    }
}
