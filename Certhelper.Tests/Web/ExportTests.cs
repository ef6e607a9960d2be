using System.Globalization;
using System.Net;
using System.Text.Json;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Downloads of lists.</summary>
public sealed class ExportTests(WebSite site) : IClassFixture<WebSite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D125_a_list_is_exported_as_it_is_filtered_and_sorted()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var low = await site.Given.RunAsync();
        var high = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, high);
        await site.Given.CertificationAsync(sara.User!, low, Reconstruction.Prompt);
        await site.Given.CertificationAsync(await site.Given.PersonAsync("nobody.asked", "Nobody Asked", Role.Shifter));

        var csv = await sara.GetAsync($"/certifications/export.csv?shifter={sara.User!.Login}&sort=run&columns=verdict,run,recorded_lumi_inv_pb");
        var json = await sara.GetAsync($"/certifications/export.json?shifter={sara.User!.Login}&sort=-run");

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"run,verdict,recorded_lumi_inv_pb\r\n{low},good,102.5\r\n{high},good,102.5\r\n"), csv.Text);
        Assert.Equal("text/csv", csv.Response.Content.Headers.ContentType!.MediaType);
        var name = csv.Response.Content.Headers.ContentDisposition!.FileName!.Trim('"');
        Assert.Matches(@"^certifications-\d{4}-\d\d-\d\d\.csv$", name);
        using var rows = JsonDocument.Parse(json.Text);
        Assert.Equal([high, low], rows.RootElement.EnumerateArray().Select(row => row.GetProperty("run").GetInt32()));
        Assert.Equal(CertificationColumns.All.Count, rows.RootElement[0].EnumerateObject().Count());
    }

    [Fact]
    public async Task A_file_of_the_columns_on_the_page_says_which_reconstruction_each_row_is_as_the_page_does()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, run);
        await site.Given.CertificationAsync(sara.User!, run, Reconstruction.Prompt);

        var page = await sara.GetAsync($"/certifications?runs={run}&sort=reconstruction&columns=run,verdict");
        var csv = await sara.GetAsync(page.Document.QuerySelectorAll("a[download]").First(link => link.TextContent == "CSV, these columns").GetAttribute("href")!);

        Assert.Equal(FormattableString.Invariant($"run,reconstruction,verdict\r\n{run},express,good\r\n{run},prompt,good\r\n"), csv.Text);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =1+1")]
    [InlineData("\t=1")]
    public void Text_that_a_spreadsheet_would_run_is_made_text(string text) => Assert.Equal("'" + text, Exports.Harmless(text));

    [Theory]
    [InlineData("As usual.")]
    [InlineData("HV = 300 V")]
    [InlineData("")]
    public void Other_text_is_left_alone(string text) => Assert.Equal(text, Exports.Harmless(text));

    [Fact]
    public async Task Quotes_commas_line_breaks_and_letters_of_all_languages_survive()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var id = await site.Given.CertificationAsync(sara.User!);
        await using var db = site.Database.NewContext();
        await db.Certifications.Where(item => item.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(item => item.Comment, "=cmd, \"quoted\"\nsecond line, Žluťoučký µ"), Token);

        var csv = await sara.GetAsync($"/certifications/export.csv?shifter={sara.User!.Login}&columns=comment");

        Assert.Equal("comment\r\n\"'=cmd, \"\"quoted\"\"\nsecond line, Žluťoučký µ\"\r\n", csv.Text);
    }

    [Fact]
    public async Task Runs_are_exported_too_with_a_column_per_reconstruction()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(sara.User!, run);

        var csv = await sara.GetAsync($"/runs/export.csv?runs={run}&columns=run,express,prompt,open");

        Assert.Equal(FormattableString.Invariant($"run,express,prompt,open\r\n{run},good,,express\r\n"), csv.Text);
    }

    [Theory]
    [InlineData("/certifications/export.csv")]
    [InlineData("/runs/export.json")]
    public async Task Nobody_downloads_without_a_session(string address)
    {
        var page = await site.SignedOut().GetAsync(address);

        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Contains("/signin", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_downloads_what_is_shown()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        await site.Given.CertificationAsync(sara.User!);

        var page = await sara.GetAsync($"/certifications?shifter={sara.User!.Login}&columns=run,comment&sort=run");
        var links = page.Document.QuerySelectorAll("a[download]").Select(link => WebUtility.UrlDecode(link.GetAttribute("href")!)).ToList();

        Assert.Contains($"/certifications/export.csv?shifter={sara.User.Login}&columns=run,reconstruction,comment&sort=run", links);
        Assert.Contains($"/certifications/export.json?shifter={sara.User.Login}&columns=all&sort=run", links);
        Assert.Equal(["Run", "Comment"], page.Document.QuerySelectorAll("table.grid thead th:not(.row-act)").Select(head => head.TextContent.Trim()));
        // The browser keeps the choice.
        Assert.Equal(["Run", "Comment"], (await sara.GetAsync("/certifications")).Document.QuerySelectorAll("table.grid thead th:not(.row-act)").Select(head => head.TextContent.Trim()));
    }
}
