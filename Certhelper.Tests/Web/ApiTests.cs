using System.Globalization;
using System.Net;
using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;

namespace Certhelper.Tests.Web;

/// <summary>The API for programs.</summary>
public sealed class ApiTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task D125_certifications_are_read_with_the_filters_of_the_list()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var good = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, good);
        await site.Given.CertificationAsync(sara.User!, good, Reconstruction.Prompt, ComponentVerdict.Bad);

        var all = await JsonAsync(sara, $"/api/v1/certifications?shifter={sara.User!.Login}&sort=verdict&size=1&page=2");
        var bad = await JsonAsync(sara, $"/api/v1/certifications?shifter={sara.User!.Login}&strip=bad");

        Assert.Equal((2, 2, 1, 2), (Int(all, "total"), Int(all, "page"), Int(all, "size"), Int(all, "pages")));
        var item = all.GetProperty("items")[0];
        Assert.Equal(good, Int(item, "runNumber"));
        Assert.Equal("good", item.GetProperty("verdict").GetString());
        Assert.Equal(102.5, item.GetProperty("run").GetProperty("recordedLuminosityInvPb").GetDouble());
        Assert.True(item.GetProperty("strip").GetProperty("acceptable").GetBoolean());
        Assert.Equal("prompt", bad.GetProperty("items")[0].GetProperty("reconstruction").GetString());
        Assert.Equal(1, Int(bad, "total"));
    }

    [Fact]
    public async Task Pages_link_to_their_neighbours()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        for (var i = 0; i < 3; i++) await site.Given.CertificationAsync(sara.User!);

        var page = await sara.GetAsync($"/api/v1/certifications?shifter={sara.User!.Login}&size=1&page=2");
        var links = page.Response.Headers.GetValues("Link").Single();

        Assert.Contains($"</api/v1/certifications?shifter={sara.User.Login}&size=1&page=3>; rel=\"next\"", links, StringComparison.Ordinal);
        Assert.Contains("page=1>; rel=\"prev\"", links, StringComparison.Ordinal);
        Assert.Contains("page=3>; rel=\"last\"", links, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_certification_comes_with_its_history_and_a_deleted_one_only_to_those_who_may_restore_it()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var id = await site.Given.CertificationAsync(sara.User!);

        var item = await JsonAsync(sara, $"/api/v1/certifications/{id}");
        await site.Given.DeletedAsync(id);

        Assert.Equal("Created", item.GetProperty("history")[0].GetProperty("kind").GetString());
        Assert.Equal(sara.User!.Login, item.GetProperty("history")[0].GetProperty("by").GetString());
        await ProblemAsync(sara, $"/api/v1/certifications/{id}", HttpStatusCode.NotFound);
        Assert.Equal(JsonValueKind.String, (await JsonAsync(lena, $"/api/v1/certifications/{id}")).GetProperty("certification").GetProperty("deletedAt").ValueKind);
    }

    [Fact]
    public async Task Runs_references_and_open_runs_are_read()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, run, Reconstruction.Prompt);
        await site.Given.ReferenceAsync(sara.User!);

        var runs = await JsonAsync(sara, $"/api/v1/runs?runs={run}&prompt=good&type=collisions");
        var one = await JsonAsync(sara, $"/api/v1/runs/{run}");
        var open = await JsonAsync(sara, $"/api/v1/open-runs?runs={run}&certified=no");
        var references = await JsonAsync(sara, "/api/v1/references?retired=no&bfield=3.8");

        Assert.Equal("prompt", runs.GetProperty("items")[0].GetProperty("certifications")[0].GetProperty("reconstruction").GetString());
        Assert.Equal(["express"], runs.GetProperty("items")[0].GetProperty("openReconstructions").EnumerateArray().Select(item => item.GetString()!));
        Assert.Equal(run, Int(one.GetProperty("certifications")[0], "runNumber"));
        Assert.Equal("OPEN", one.GetProperty("datasets")[0].GetProperty("trackerState").GetString());
        Assert.Equal("express", open.GetProperty("items")[0].GetProperty("reconstruction").GetString());
        Assert.True(Int(references, "total") > 0);
    }

    [Theory]
    [InlineData("/api/v1/certifications?verdict=excellent", "verdict")]
    [InlineData("/api/v1/certifications?vedict=bad", "vedict")]
    [InlineData("/api/v1/certifications?size=501", "size")]
    [InlineData("/api/v1/certifications?size=0", "size")]
    [InlineData("/api/v1/certifications?page=x", "page")]
    [InlineData("/api/v1/certifications?sort=shoe-size", "sort")]
    [InlineData("/api/v1/certifications?deleted=true", "deleted")]
    [InlineData("/api/v1/runs?runs=1-2-3", "runs")]
    [InlineData("/api/v1/runs?express=perhaps", "express")]
    [InlineData("/api/v1/references?retired=soon", "retired")]
    [InlineData("/api/v1/open-runs?reconstruction=online", "reconstruction")]
    public async Task What_cannot_be_understood_is_refused_by_the_name_of_the_parameter(string address, string parameter)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);

        var problem = await ProblemAsync(sara, address, HttpStatusCode.BadRequest);

        Assert.Equal([parameter], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("/api/v1/certifications")]
    [InlineData("/api/v1/runs/380115")]
    [InlineData("/api/v1/compat/all-runs-ref-runs")]
    [InlineData("/certify/allRunsRefRuns/")]
    [InlineData("/certify/allRunsRefRuns")]
    public async Task D121_without_a_session_there_is_no_list_and_no_redirect(string address) =>
        await ProblemAsync(site.SignedOut(), address, HttpStatusCode.Unauthorized);

    [Fact]
    public async Task D121_one_setting_opens_the_previous_applications_list_to_everybody_and_nothing_else()
    {
        await using var open = new WebSite { Settings = { ["Api:PublicCertificationList"] = "true" } };
        await open.InitializeAsync();
        var run = await open.Given.RunAsync();
        await open.Given.CertificationAsync(await open.Given.PersonAsync("sara", "Sara", Role.Shifter), run);
        var nobody = open.SignedOut();

        foreach (var address in new[] { "/certify/allRunsRefRuns/", "/api/v1/compat/all-runs-ref-runs" })
        {
            var row = Assert.Single((await JsonAsync(nobody, address)).EnumerateArray());
            Assert.Equal(run, Int(row, "run_number"));
            await ProblemAsync(site.SignedOut(), address, HttpStatusCode.Unauthorized);
        }

        foreach (var address in new[] { "/api/v1/certifications", $"/api/v1/runs/{run}", "/api/v1/references", "/api/v1/open-runs", "/api/v1/openapi.json" })
            await ProblemAsync(nobody, address, HttpStatusCode.Unauthorized);
        Assert.StartsWith("/signin", (await nobody.GetAsync("/certifications")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/certifications/999999999")]
    [InlineData("/api/v1/runs/1")]
    [InlineData("/api/v1/nothing")]
    public async Task What_is_not_there_is_said_as_a_program_reads_it(string address) =>
        await ProblemAsync(await site.SignedInAsAsync(Role.Guest), address, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/certify/allRunsRefRuns/")]
    [InlineData("/api/v1/certifications")]
    public async Task D121_other_methods_are_refused_by_name(string address)
    {
        var guest = await site.SignedInAsAsync(Role.Guest);

        var page = await guest.PressAsync(address);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.Status);
        Assert.Equal("application/problem+json", page.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_previous_applications_list_has_its_fields()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var id = await site.Given.CertificationAsync(sara.User!, run);
        var deleted = await site.Given.RunAsync();
        await site.Given.DeletedAsync(await site.Given.CertificationAsync(sara.User!, deleted));
        await using var db = site.Database.NewContext();
        var item = await db.Certifications.FindAsync([id], TestContext.Current.CancellationToken);
        item!.ReferenceId = await site.Given.ReferenceAsync(sara.User!);
        item.DatasetName = "/Express/Collisions2024/DQM";
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        var list = await JsonAsync(sara, "/certify/allRunsRefRuns/");
        var alias = await JsonAsync(sara, "/api/v1/compat/all-runs-ref-runs");

        var row = list.EnumerateArray().Single(one => Int(one, "run_number") == run);
        Assert.Equal(
            ["run_number", "run_reconstruction_type", "reference_run_number", "reference_run_reconstruction_type", "dataset"], row.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("express", "express", "/Express/Collisions2024/DQM"), (
            row.GetProperty("run_reconstruction_type").GetString(), row.GetProperty("reference_run_reconstruction_type").GetString(), row.GetProperty("dataset").GetString()));
        Assert.DoesNotContain(list.EnumerateArray(), one => Int(one, "run_number") == deleted);
        Assert.Equal(list.GetRawText(), alias.GetRawText());
    }

    [Fact]
    public async Task The_document_describes_every_parameter_and_the_page_is_made_from_it()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);

        var document = await JsonAsync(guest, "/api/v1/openapi.json");
        var page = await guest.GetAsync("/api");

        var parameters = document.GetProperty("paths").GetProperty("/api/v1/certifications").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!).ToList();
        Assert.Equal([.. CertificationFilter.Parameters.Select(parameter => parameter.Name), "sort", "page", "size"], parameters);
        Assert.DoesNotContain(document.GetProperty("paths").EnumerateObject(), path => !path.Name.StartsWith("/api/v1/", StringComparison.Ordinal) && !path.Name.StartsWith("/certify/", StringComparison.Ordinal));
        foreach (var path in document.GetProperty("paths").EnumerateObject()) Assert.Contains(path.Name, page.Words, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script:not([src])"));
        foreach (var link in page.Document.QuerySelectorAll("main a.btn")) Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(link.GetAttribute("href")!)).Status);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static async Task<JsonElement> JsonAsync(Visitor visitor, string address)
    {
        var page = await visitor.GetAsync(address);
        Assert.True(page.Status == HttpStatusCode.OK, string.Create(CultureInfo.InvariantCulture, $"{address} answered {page.Status}: {page.Text}"));
        using var document = JsonDocument.Parse(page.Text);
        return document.RootElement.Clone();
    }

    private static async Task<JsonElement> ProblemAsync(Visitor visitor, string address, HttpStatusCode status)
    {
        var page = await visitor.GetAsync(address);
        Assert.Equal(status, page.Status);
        Assert.Equal("application/problem+json", page.Response.Content.Headers.ContentType!.MediaType);
        using var document = JsonDocument.Parse(page.Text);
        return document.RootElement.Clone();
    }
}
