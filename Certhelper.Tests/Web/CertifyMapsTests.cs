using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Web;

/// <summary>Tracker maps on the certify form: what the system says of them, and the way to those of the reference.</summary>
public sealed class CertifyMapsTests(WebSite site) : IClassFixture<WebSite>
{
    private const string Form = "form.certify-form";

    private static readonly (string Name, string? Value)[] Verdicts =
        [("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), .. GoodAnswers.Fields()];

    private MapSamples Maps => new(site.Database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_maps_exist_is_set_by_the_system_for_the_reconstruction_that_has_them_and_for_no_other()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm", "NumberOfDigi");

        var express = await sara.GetAsync($"/runs/{run}/express/certify");
        var prompt = await sara.GetAsync($"/runs/{run}/prompt/certify");

        Assert.Equal("Exists", express.Fields(Form)["Input.TrackerMap"]);
        Assert.StartsWith("Set by the system: 2 maps of ", Flat(express.Find("#Input_TrackerMap-hint").TextContent), StringComparison.Ordinal);
        Assert.Equal(2, express.Document.QuerySelectorAll("#maps-beside .map-thumb").Length);
        Assert.False(prompt.Fields(Form).ContainsKey("Input.TrackerMap"));
        Assert.Equal("None are stored here.", Flat(prompt.Find("#Input_TrackerMap-hint").TextContent));
        Assert.Equal($"/scripts/tracker-maps?runs={run}&type=ZeroBias", prompt.Find("#maps-beside a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_person_overrules_the_system_and_is_told_and_the_choice_stays_in_drafts_and_changes()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm");
        var url = $"/runs/{run}/express/certify";

        await sara.PutAsync($"/runs/{run}/express/draft", (await sara.GetAsync(url)).Fields(Form, ("Input.TrackerMap", "Missing")));
        var draft = await sara.GetAsync(url);
        var asked = await sara.PostAsync(url, draft.Fields(Form, Verdicts));
        var saved = await sara.PostAsync(url, asked.Fields(Form, [("Input.Confirmed[map-missing]", "They are all black"), .. Verdicts]));
        await using var db = site.Database.NewContext();
        var item = await db.Certifications.SingleAsync(row => row.RunReconstruction!.RunNumber == run, Stop);
        var edit = await sara.GetAsync($"/certifications/{item.Id}/edit");

        Assert.Equal("Missing", draft.Fields(Form)["Input.TrackerMap"]);
        Assert.StartsWith("1 map of ", Flat(draft.Find("#Input_TrackerMap-hint").TextContent), StringComparison.Ordinal);
        Assert.Contains("1 tracker map of it is stored here, and yet they are called missing.", asked.Find(".second-look").TextContent, StringComparison.Ordinal);
        Assert.True(saved.Status == HttpStatusCode.Found, saved.Words);
        Assert.Equal(TrackerMapState.Missing, item.TrackerMap);
        Assert.Equal("Missing", edit.Fields(Form)["Input.TrackerMap"]);
    }

    [Fact]
    public async Task That_maps_are_said_to_exist_which_are_not_stored_is_noted_and_keeps_nobody_from_saving()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        var url = $"/runs/{run}/express/certify";
        var form = await sara.GetAsync(url);

        var look = await sara.PostAsync(url + "?handler=SecondLook", form.Fields(Form, ("Input.TrackerMap", "Exists")), ("HX-Request", "true"));
        var saved = await sara.PostAsync(url, form.Fields(Form, [("Input.TrackerMap", "Exists"), .. Verdicts]));

        Assert.Contains("No tracker maps of it (StreamExpress) are stored here.", look.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, saved.Status);
    }

    [Fact]
    public async Task A_draft_that_left_it_open_is_answered_when_the_maps_have_come()
    {
        var sara = await site.SignedInAsAsync(Role.Shifter);
        var run = await site.Given.RunAsync();
        await sara.PutAsync($"/runs/{run}/express/draft", [new("Input.Comment", "Begun before the maps")]);
        await Maps.MapsAsync(sara.User!.Id, run, "StreamExpress", "QTestAlarm");

        Assert.Equal("Exists", (await sara.GetAsync($"/runs/{run}/express/certify")).Fields(Form)["Input.TrackerMap"]);
    }

    [Fact]
    public async Task Each_map_opens_beside_that_of_the_chosen_reference_where_it_has_one()
    {
        var lena = await site.SignedInAsAsync(Role.ShiftLeader);
        var run = await site.Given.RunAsync();
        var reference = await site.Given.ReferenceAsync(lena.User!);
        await using var db = site.Database.NewContext();
        var its = await db.References.Where(row => row.Id == reference).Select(row => row.RunReconstruction!.RunNumber).SingleAsync(Stop);
        await Maps.MapsAsync(lena.User!.Id, run, "StreamExpress", "QTestAlarm", "NumberOfDigi");
        var beside = $"/maps/beside?run={run}&reconstruction=express";

        var bare = await lena.GetAsync($"{beside}&Input.ReferenceId={reference}");
        await Maps.MapsAsync(lena.User.Id, its, "StreamExpress", "QTestAlarm");
        var found = await lena.GetAsync($"{beside}&Input.ReferenceId={reference}");
        var none = await lena.GetAsync(beside);
        var form = await lena.GetAsync($"/runs/{run}/express/certify");

        Assert.Contains($"The reference {its} express has no maps here.", Flat(bare.Text), StringComparison.Ordinal);
        Assert.Equal(
            [$"/maps/compare?run={run}&reference={its}&type=StreamExpress&name=QTestAlarm", $"/maps/compare?run={run}&type=StreamExpress&name=NumberOfDigi"],
            found.Document.QuerySelectorAll(".map-thumb").Select(link => link.GetAttribute("href")));
        Assert.Contains("No reference is chosen", none.Text, StringComparison.Ordinal);
        Assert.Equal($"/maps/beside?run={run}&reconstruction=express", form.Find("#maps-beside").GetAttribute("hx-get"));
        Assert.Equal(HttpStatusCode.NotFound, (await lena.GetAsync("/maps/beside?run=-1&reconstruction=express")).Status);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
