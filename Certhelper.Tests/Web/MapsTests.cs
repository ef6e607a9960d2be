using System.Globalization;
using System.Net;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Tracker maps where people look for them: gallery, sets, comparison, and their content.</summary>
public sealed class MapsTests(WebSite site) : IClassFixture<WebSite>
{
    private MapSamples Maps => new(site.Database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_gallery_shows_sets_of_run_and_type_newest_runs_first_and_filters_them()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var (first, second) = (Samples.NextRun(), Samples.NextRun());
        await Maps.MapsAsync(sara.User!.Id, first, "StreamExpress", "QTestAlarm", "NumberOfDigi", "NumberOfDigi_autoscale", "StoNCorrOnTrack", "adc");
        await Maps.MapsAsync(sara.User.Id, first, "ZeroBias", "QTestAlarm", "PXBarrel_Layer1_coded");
        await Maps.MapsAsync(sara.User.Id, second, "Cosmics", "NumberOfDigi");

        var all = await ShelvesAsync(sara, $"/maps?runs={first},{second}");
        Assert.Equal([$"{second} Cosmics", $"{first} StreamExpress", $"{first} ZeroBias"], all.Select(shelf => shelf.Title));
        // The weightiest four, the same values in another scale last.
        Assert.Equal(["QTestAlarm", "StoNCorrOnTrack", "NumberOfDigi", "adc"], all[1].Maps);
        Assert.Equal([$"{first} ZeroBias"], (await ShelvesAsync(sara, $"/maps?runs={first},{second}&type=ZeroBias")).Select(shelf => shelf.Title));
        Assert.Equal([$"{first} StreamExpress"], (await ShelvesAsync(sara, $"/maps?runs={first}&reconstruction=express")).Select(shelf => shelf.Title));
        var named = await ShelvesAsync(sara, $"/maps?runs={first},{second}&name=qtest");
        Assert.Equal([$"{first} StreamExpress", $"{first} ZeroBias"], named.Select(shelf => shelf.Title));
        Assert.All(named, shelf => Assert.Equal(["QTestAlarm"], shelf.Maps));
        Assert.Empty(await ShelvesAsync(sara, $"/maps?runs={first}&name=Q_est"));
    }

    [Fact]
    public async Task What_cannot_be_understood_lists_nothing_and_says_so_and_the_empty_gallery_says_how_to_make_maps()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm");

        var wrong = await sara.GetAsync("/maps?runs=abc");
        var nothing = await sara.GetAsync("/maps?runs=123456&type=ZeroBias");
        var guest = await (await site.SignedInAsAsync(Role.Guest)).GetAsync("/maps?runs=123456&type=ZeroBias");

        Assert.Empty(wrong.Document.QuerySelectorAll(".map-shelf"));
        Assert.Contains("\"abc\" is no run number", wrong.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/scripts/tracker-maps?type=ZeroBias&runs=123456", nothing.Find(".empty a").GetAttribute("href"));
        // Who may not run scripts is not sent there.
        Assert.Null(guest.Document.QuerySelector("main a[href^='/scripts']"));
        Assert.NotNull(guest.Document.QuerySelector(".rail a[href='/maps'][aria-current=page]"));
    }

    [Fact]
    public async Task Pages_are_cut_by_the_server_at_a_constant_cost()
    {
        await using var own = new WebSite();
        await own.InitializeAsync();
        var sara = await own.SignedInAsAsync(Role.Shifter);
        var maps = new MapSamples(own.Database);
        for (var i = 0; i < 3; i++) await maps.MapsAsync(sara.User!.Id, 390_000 + i, "StreamExpress", "QTestAlarm", "NumberOfDigi");
        await sara.GetAsync("/maps");
        var few = await CostAsync("/maps");
        for (var i = 3; i < 31; i++) await maps.MapsAsync(sara.User!.Id, 390_000 + i, "StreamExpress", "QTestAlarm", "NumberOfDigi");
        var many = await CostAsync("/maps");

        var page = await sara.GetAsync("/maps?page=2");
        Assert.Equal(few, many);
        Assert.Equal(many, await CostAsync("/maps?page=2&name=QTestAlarm"));
        // Three for the list, and what every page asks of its frame.
        Assert.InRange(many, 3, 6);
        Assert.Equal(6, page.Document.QuerySelectorAll(".map-shelf").Length);
        Assert.Contains("31 sets of maps", page.Words, StringComparison.Ordinal);

        async Task<int> CostAsync(string address)
        {
            var before = own.Commands.Count;
            await sara.GetAsync(address);
            return own.Commands.Count - before;
        }
    }

    [Fact]
    public async Task A_picture_is_sent_once_and_for_ever_to_those_who_are_signed_in()
    {
        var guest = await site.SignedInAsAsync(Role.Guest);
        var content = MapSamples.Picture(5, 3000, 400);
        var run = Samples.NextRun();
        var file = await Maps.MapAsync(await Maps.ExecutionAsync(guest.User!.Id, run), run, "StreamExpress", "QTestAlarm", content);

        using var client = site.Client(guest.CookieJar);
        using var sent = await client.GetAsync($"/maps/files/{file}", Stop);
        var again = await guest.GetAsync($"/maps/files/{file}", ("If-None-Match", sent.Headers.ETag!.ToString()));
        var outside = await site.SignedOut().GetAsync($"/maps/files/{file}");

        Assert.Equal(content, await sent.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("image/png", sent.Content.Headers.ContentType!.ToString());
        Assert.Equal("inline", sent.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", sent.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(sent.Headers.CacheControl is { Private: true, Public: false, MaxAge.TotalDays: > 300 });
        Assert.Contains("immutable", sent.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));
        Assert.Equal(HttpStatusCode.Found, outside.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/maps/files/999999999")).Status);
    }

    [Theory]
    [InlineData("image/svg+xml", "evil.svg", "application/octet-stream")]
    [InlineData("text/html", "evil.html", "application/octet-stream")]
    [InlineData("text/plain", "TopModulesList.log", "text/plain; charset=utf-8")]
    public async Task What_is_no_image_is_never_shown_but_saved(string mediaType, string name, string sentAs)
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        var file = await Maps.FileAsync(await Maps.ExecutionAsync(sara.User!.Id, run), run, null, name, mediaType, "<script>alert(1)</script>"u8.ToArray());

        using var client = site.Client(sara.CookieJar);
        using var sent = await client.GetAsync($"/maps/files/{file}", Stop);

        Assert.Equal(("attachment", name), (sent.Content.Headers.ContentDisposition!.DispositionType, sent.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        Assert.Equal(sentAs, sent.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_file_whose_content_is_gone_is_not_there_and_no_browser_remembers_that()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        var file = await Maps.MapAsync(await Maps.ExecutionAsync(sara.User!.Id, run), run, "StreamExpress", "QTestAlarm", MapSamples.Picture(77, 60, 60));
        await using var db = site.Database.NewContext();
        var hash = await db.ExecutionFiles.Where(row => row.Id == file).Select(row => row.Hash).SingleAsync(Stop);
        await db.StoredFileParts.Where(row => row.Hash == hash).ExecuteDeleteAsync(Stop);
        await db.StoredFiles.Where(row => row.Hash == hash).ExecuteDeleteAsync(Stop);

        var page = await sara.GetAsync($"/maps/files/{file}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotEqual(true, page.Response.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_is_grouped_by_part_the_weightiest_first_with_its_lists_as_files_to_save()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = Samples.NextRun();
        var files = await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "adc", "PXForward_Ring1_coded", "PXBarrel_Layer2_coded", "PXBarrel_Layer1_coded", "NumberOfDigi", "QTestAlarm", "Something");
        await using var db = site.Database.NewContext();
        var first = await db.ExecutionFiles.Where(row => row.Id == files["adc"]).Select(row => row.ExecutionId).SingleAsync(Stop);
        var list = await Maps.FileAsync(first, run, null, "TopModulesList.log", "text/plain", "369157164 12\n"u8.ToArray());
        await Maps.FileAsync(first, run + 1_000_000, null, "OfAnotherRun.log", "text/plain", "x"u8.ToArray());
        var anew = await Maps.MapAsync(await Maps.ExecutionAsync(sara.User.Id, run), run, "StreamExpress", "QTestAlarm", MapSamples.Picture(3));

        var page = await sara.GetAsync($"/maps/{run}/StreamExpress");

        Assert.Equal(["Strip", "Pixel", "Others", "Lists of modules"], page.Document.QuerySelectorAll("main section h2").Select(head => head.TextContent));
        Assert.Equal(
            ["QTestAlarm", "NumberOfDigi", "PXBarrel_Layer1_coded", "PXBarrel_Layer2_coded", "PXForward_Ring1_coded", "adc", "Something"],
            page.Document.QuerySelectorAll(".map-name").Select(name => name.TextContent));
        Assert.Equal(anew.ToString(CultureInfo.InvariantCulture), page.Find(".map-thumb").GetAttribute("data-map"));
        Assert.All(page.Document.QuerySelectorAll(".map-thumb img"), image => Assert.Equal(("lazy", "400", "200"), (image.GetAttribute("loading"), image.GetAttribute("width"), image.GetAttribute("height"))));
        Assert.Equal([$"/maps/files/{list}"], page.Document.QuerySelectorAll("main section .links a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync($"/maps/{run}/ZeroBias")).Status);
    }

    [Fact]
    public async Task A_comparison_finds_the_map_of_the_same_name_of_the_other_run()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var (run, other, third) = (Samples.NextRun(), Samples.NextRun(), Samples.NextRun());
        var mine = await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm", "NumberOfDigi");
        var its = await Maps.MapsAsync(sara.User.Id, other, "StreamExpress", "QTestAlarm", "NumberOfDigi");
        var prompt = await Maps.MapsAsync(sara.User.Id, other, "ZeroBias", "NumberOfDigi", "adc");
        await Maps.MapsAsync(sara.User.Id, third, "StreamExpress", "QTestAlarm");

        var page = await sara.GetAsync($"/maps/compare?run={run}&reference={other}&type=StreamExpress&name=NumberOfDigi&mode=swipe");
        Assert.Equal([mine["NumberOfDigi"], its["NumberOfDigi"]], Pictures(page));
        Assert.Equal("swipe", page.Find("[data-compare]").GetAttribute("data-mode"));
        Assert.Equal(["QTestAlarm", "NumberOfDigi"], page.Document.QuerySelectorAll("#name option").Select(option => option.TextContent));
        var runs = page.Document.QuerySelectorAll("#reference option").Select(option => option.TextContent).ToList();
        Assert.Contains($"{other}", runs);
        // Neither the run itself nor one that has no such map.
        Assert.DoesNotContain($"{run}", runs);
        Assert.DoesNotContain($"{third}", runs);
        Assert.Equal(
            $"/maps/compare?run={run}&reference={other}&type=StreamExpress&name=QTestAlarm&mode=swipe", page.Find("a[rel=prev]").GetAttribute("href"));
        Assert.Null(page.Document.QuerySelector("main [style]"));

        // By files, in any combination; by the file's own name; and prompt where express has no such map.
        Assert.Equal([its["QTestAlarm"], mine["NumberOfDigi"]], Pictures(await sara.GetAsync($"/maps/compare?left={its["QTestAlarm"]}&right={mine["NumberOfDigi"]}")));
        Assert.Equal([mine["QTestAlarm"], its["QTestAlarm"]], Pictures(await sara.GetAsync($"/maps/compare?run={run}&reference={other}&type=StreamExpress&name=QTestAlarm.png")));
        Assert.Equal([prompt["NumberOfDigi"], mine["NumberOfDigi"]], Pictures(await sara.GetAsync($"/maps/compare?run={other}&reference={run}&type=ZeroBias&name=NumberOfDigi")));
    }

    [Fact]
    public async Task Without_being_asked_a_comparison_is_with_the_reference_of_the_certification_or_with_the_best_one_that_has_the_map()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var mine = await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "Proposed");
        var (first, second) = (await site.Given.ReferenceAsync(lena.User!), await site.Given.ReferenceAsync(lena.User!));
        await using var db = site.Database.NewContext();
        var runs = await db.References.Include(item => item.RunReconstruction).Where(item => item.Id == first || item.Id == second).ToDictionaryAsync(item => item.Id, item => item.RunReconstruction!.RunNumber, TestContext.Current.CancellationToken);
        var address = $"/maps/compare?run={run}&type=StreamExpress&name=Proposed";
        string? Chosen(WebPage page) => page.Document.QuerySelector("#reference option[selected]")?.TextContent;

        var nothing = await sara.GetAsync(address);
        var its = await Maps.MapsAsync(sara.User.Id, runs[first], "StreamExpress", "Proposed");
        var best = await sara.GetAsync(address);
        var none = await sara.GetAsync(address + "&reference=");
        var certification = await site.Given.CertificationAsync(sara.User, run);
        await db.Certifications.Where(item => item.Id == certification).ExecuteUpdateAsync(set => set.SetProperty(item => item.ReferenceId, second), TestContext.Current.CancellationToken);
        var certified = await sara.GetAsync(address);

        Assert.Null(Chosen(nothing));
        Assert.Equal($"{runs[first]}", Chosen(best));
        Assert.Equal([mine["Proposed"], its["Proposed"]], Pictures(best));
        Assert.Null(Chosen(none));
        Assert.Equal([mine["Proposed"]], Pictures(none));
        // The reference of the certification is said even when its map is still to be made.
        Assert.Equal($"{runs[second]}", Chosen(certified));
        Assert.Contains($"Run {runs[second]} has no map Proposed here.", certified.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_without_an_other_side_shows_one_map_and_says_why_and_one_without_a_map_is_not_there()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var (run, other) = (Samples.NextRun(), Samples.NextRun());
        var mine = await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm");
        await Maps.MapsAsync(sara.User.Id, other, "StreamExpress", "NumberOfDigi");

        var missing = await sara.GetAsync($"/maps/compare?run={run}&reference={other}&type=StreamExpress&name=QTestAlarm");

        Assert.Equal([mine["QTestAlarm"]], Pictures(missing));
        Assert.Contains($"Run {other} has no map QTestAlarm here.", missing.Words, StringComparison.Ordinal);
        Assert.Equal($"{other}", missing.Find("#reference option[selected]").TextContent);
        foreach (var address in new[] { $"?run={run}&type=StreamExpress&name=Nothing", "?left=999999999", "", $"?run={run}" })
            Assert.Equal(HttpStatusCode.NotFound, (await sara.GetAsync("/maps/compare" + address)).Status);
    }

    [Fact]
    public async Task The_page_of_a_run_shows_its_maps_by_reconstruction_and_offers_to_make_those_that_are_not_there()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync(RunType.Cosmics);
        await Maps.MapsAsync(sara.User!.Id, run, "StreamExpressCosmics", "QTestAlarm", "NumberOfDigi", "adc", "size", "charge");

        var section = (await sara.GetAsync($"/runs/{run}")).Find("#maps");

        Assert.Equal(["Express", "Prompt"], section.QuerySelectorAll("h3").Select(head => head.FirstChild!.TextContent.Trim()));
        Assert.Equal(4, section.QuerySelectorAll(".map-thumb").Length);
        Assert.Contains("All 5 maps", section.TextContent, StringComparison.Ordinal);
        Assert.NotNull(section.QuerySelector($"a[href='/maps/{run}/StreamExpressCosmics']"));
        Assert.Equal(
            [$"/scripts/tracker-maps?runs={run}&type=StreamExpressCosmics", $"/scripts/tracker-maps?runs={run}&type=Cosmics"],
            section.QuerySelectorAll("a[href^='/scripts']").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_certification_keeps_which_maps_there_were_and_says_when_they_were_made_anew()
    {
        const string form = "form.certify-form";
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm", "NumberOfDigi");
        var saved = await sara.SubmitAsync($"/runs/{run}/express/certify", form, [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), .. GoodAnswers.Fields()]);
        Assert.True(saved.Status == HttpStatusCode.Found, saved.Words);
        await using var db = site.Database.NewContext();
        var id = await db.Certifications.Where(item => item.RunReconstruction!.RunNumber == run).Select(item => item.Id).SingleAsync(Stop);
        var hash = await db.ExecutionFiles.Where(file => file.RunNumber == run && file.Name == "QTestAlarm.png").Select(file => file.Hash).SingleAsync(Stop);

        var before = await sara.GetAsync($"/certifications/{id}");
        await Maps.MapAsync(await Maps.ExecutionAsync(sara.User.Id, run), run, "StreamExpress", "QTestAlarm", MapSamples.Picture(9));
        var after = await sara.GetAsync($"/certifications/{id}");

        Assert.Contains("2 of StreamExpress", before.Find(".frozen-maps summary").TextContent, StringComparison.Ordinal);
        Assert.Equal([hash[..12]], before.Document.QuerySelectorAll(".frozen-maps li").Where(item => item.TextContent.Contains("QTestAlarm", StringComparison.Ordinal)).Select(item => item.QuerySelector("code")!.TextContent));
        Assert.DoesNotContain("made anew", before.Words, StringComparison.Ordinal);
        Assert.Contains("1 of 2 made anew since", after.Words, StringComparison.Ordinal);
    }

    private static List<long> Pictures(WebPage page) =>
        [.. page.Document.QuerySelectorAll("[data-stage] img").Select(image => long.Parse(image.GetAttribute("src")!.Split('/')[^1], CultureInfo.InvariantCulture))];

    private static async Task<List<(string Title, List<string> Maps)>> ShelvesAsync(Visitor visitor, string address) =>
    [
        .. (await visitor.GetAsync(address)).Document.QuerySelectorAll(".map-shelf")
            .Select(shelf => (string.Join(' ', shelf.QuerySelector("h2")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), shelf.QuerySelectorAll(".map-name").Select(name => name.TextContent).ToList())),
    ];
}
