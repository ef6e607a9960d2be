using AngleSharp.Html.Parser;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Checklists;

namespace Certhelper.Tests.Checklists;

/// <summary>Texts that people wrote, as HTML: nothing in them may run, and links lead where they say.</summary>
public sealed class RichTextTests
{
    private static readonly LinkValues Values = new(380115, 9555, "/Express/Collisions2024 & more/DQM", Reconstruction.Express, 379765);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <b onclick=\"alert(1)\">b</b>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java&#115;cript:alert(1))")]
    [InlineData("[x](\u0001javascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](vbscript:msgbox)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("![x](https://evil.example/pixel.png)")]
    [InlineData("[x](//evil.example/)")]
    [InlineData("[x](/\\evil.example/)")]
    [InlineData("[x][a]\n\n[a]: javascript:alert(1)")]
    [InlineData("[x](https://example.org/\"onmouseover=\"alert(1))")]
    [InlineData("<div style=\"position:fixed\">x</div>")]
    public void D18_hostile_text_is_only_text(string markdown)
    {
        foreach (var html in new[] { RichText.Block(markdown, Values).ToString()!, RichText.Line(markdown, Values).ToString()! })
        {
            var body = new HtmlParser().ParseDocument(html).Body!;
            Assert.Empty(body.QuerySelectorAll("script, img, style, iframe, b, div, object, form"));
            Assert.DoesNotContain(body.QuerySelectorAll("*"), element => element.Attributes.Any(attribute =>
                attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name == "style"));
            Assert.All(body.QuerySelectorAll("a"), link => Assert.StartsWith("https://example.org/", link.GetAttribute("href"), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("dqmgui:", "https://cmsweb.cern.ch/dqm/offline/start?runnr=380115;dataset=%2FExpress%2FCollisions2024%20%26%20more%2FDQM")]
    [InlineData("dqmgui:Tracking/TrackParameters", "https://cmsweb.cern.ch/dqm/offline/start?runnr=380115;dataset=%2FExpress%2FCollisions2024%20%26%20more%2FDQM;workspace=Tracking;root=Tracking%2FTrackParameters")]
    [InlineData("dqmgui-reference:SiStrip", "https://cmsweb.cern.ch/dqm/offline/start?runnr=379765;workspace=SiStrip")]
    [InlineData("oms:run", "https://cmsoms.cern.ch/cms/runs/report?cms_run=380115")]
    [InlineData("oms:fill", "https://cmsoms.cern.ch/cms/fills/report?cms_fill=9555")]
    [InlineData("oms:reference", "https://cmsoms.cern.ch/cms/runs/report?cms_run=379765")]
    [InlineData("rr:run", "https://cmsrunregistry.web.cern.ch/offline/workspaces/global?run_number=380115")]
    [InlineData("https://example.org/{run}/{reconstruction}?d={dataset}&r={reference}&f={fill}", "https://example.org/380115/express?d=%2FExpress%2FCollisions2024%20%26%20more%2FDQM&r=379765&f=9555")]
    [InlineData("/runs/{run}", "/runs/380115")]
    public void Links_become_the_exact_page(string target, string address) => Assert.Equal(address, LinkRule.Resolve(target, Values));

    [Theory]
    [InlineData("https://example.org/{unknown}")]
    [InlineData("https://example.org/{reference}")]
    [InlineData("dqmgui-reference:")]
    [InlineData("oms:anything")]
    public void A_link_whose_value_is_not_known_is_plain_text(string target)
    {
        var without = Values with { Reference = null };

        Assert.Equal("Look there now.", RichText.Line($"Look [there]({target}) now.", without).ToString());
    }

    [Fact]
    public void Links_outside_open_beside_the_form_and_links_inside_do_not()
    {
        Assert.Equal(
            """<a href="https://cmsoms.cern.ch/cms/runs/report?cms_run=380115" target="_blank" rel="noopener noreferrer">OMS</a>""",
            RichText.Line("[OMS](oms:run)", Values).ToString());
        Assert.Equal("""<a href="/references">all</a>""", RichText.Line("[all](/references)", Values).ToString());
    }

    [Fact]
    public void A_link_that_depends_on_a_choice_of_the_form_says_how()
    {
        var html = RichText.Line("[r](dqmgui-reference:Tracking) [d](dqmgui:)", Values with { Reference = null, Dataset = null, CanChange = true }).ToString()!;

        Assert.Contains("data-live=\"https://cmsweb.cern.ch/dqm/offline/start?runnr=~reference~;workspace=Tracking\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://cmsweb.cern.ch/dqm/offline/start?runnr=380115\" data-live=\"https://cmsweb.cern.ch/dqm/offline/start?runnr=380115;dataset=~dataset~\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_of_the_checklists_that_come_with_it_leads_somewhere()
    {
        var texts = ChecklistSeed.Lists.SelectMany(list => list.Content.Groups
            .SelectMany(group => group.Items.Select(item => item.Text).Append(group.Description)).Append(list.Content.Description).Append(list.Content.Afterword));

        foreach (var text in texts)
        {
            var links = text.Split("](").Length - 1;
            Assert.Equal(links, new HtmlParser().ParseDocument(RichText.Block(text, Values).ToString()!).QuerySelectorAll("a[href]").Length);
        }
    }
}
