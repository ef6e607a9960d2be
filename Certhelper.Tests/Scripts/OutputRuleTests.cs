using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Scripts;

public sealed class OutputRuleTests
{
    private static readonly ScriptDefinition Occupancy = new()
    {
        Arguments =
        [
            new() { Name = "period", Kind = ScriptArgumentKind.Text },
            new() { Name = "reco", Kind = ScriptArgumentKind.Choice },
            new() { Name = "run", Kind = ScriptArgumentKind.RunList },
            new() { Name = "dpi", Kind = ScriptArgumentKind.Integer, Keyword = "image-dpi" },
        ],
    };

    private static readonly Dictionary<string, string> Given = new() { ["period"] = "Run2024", ["reco"] = "StreamExpress", ["run"] = "380115, 380116", ["dpi"] = "300" };

    [Theory]
    [InlineData("StreamExpress_a__b__c_d_380115.png", true)]
    [InlineData("StreamExpress_a__b__c_d_380116.png", true)]
    [InlineData("StreamExpress_a__b__c_d_380117.png", false)]
    [InlineData("ZeroBias_a__b__c_d_380115.png", false)]
    [InlineData("StreamExpress_380115.png", false)]
    public void D_106_Groups_must_equal_what_was_given(string name, bool belongs) => Assert.Equal(
        belongs, OutputRule.Belongs(Patterns.Compile(@"(?P<arg2>[A-Za-z]+)_(\w+)__(\w+)__(\w+)_(\w+)_(?P<arg3>\d+).png"), name, Occupancy, Given));

    [Theory]
    [InlineData(@"_(?P<image_dpi>\d+)\.png", "map_300.png", true)]
    [InlineData(@"_(?P<image_dpi>\d+)\.png", "map_150.png", false)]
    [InlineData(@"_(?P<period>\w+)\.png", "map_Run2024.png", true)]
    [InlineData(@"_(?P<anything>\w+)\.png", "map_Run2023.png", true)]
    [InlineData(@"_(?P<arg9>\w+)\.png", "map_Run2024.png", false)]
    public void Groups_are_named_after_places_names_or_keywords(string pattern, string name, bool belongs) =>
        Assert.Equal(belongs, OutputRule.Belongs(Patterns.Compile(pattern), name, Occupancy, Given));

    [Fact]
    public void A_folder_that_names_the_run_is_one_for_each_run()
    {
        var output = new ScriptOutput { Directory = "{root}/Data20*/*/{run/1000}/{run}/{reco}" };

        var folders = OutputRule.Folders(output, Given, [380115, 380116], "/data").ToList();

        Assert.Equal([new("/data/Data20*/*/380/380115/StreamExpress", 380115), new("/data/Data20*/*/380/380116/StreamExpress", 380116)], folders);
    }

    [Fact]
    public void A_folder_can_be_named_after_an_argument_run_that_is_one_number()
    {
        var folder = OutputRule.Folders(new ScriptOutput { Directory = "~/{run}" }, new Dictionary<string, string> { ["run"] = "380115" }, [], "/data").Single();

        Assert.Equal(new OutputFolder("~/380115", null), folder);
        Assert.Empty(OutputRule.Folders(new ScriptOutput { Directory = "~/{run}" }, new Dictionary<string, string>(), [], "/data"));
    }

    [Fact]
    public void A_value_leads_into_no_other_folder()
    {
        var output = new ScriptOutput { Directory = "/data/{period}" };

        var folder = OutputRule.Folders(output, new Dictionary<string, string> { ["period"] = "../../etc" }, [], "/data").Single();

        Assert.Equal("/data/______etc", folder.Path);
    }

    [Theory]
    [InlineData("StreamExpress", Reconstruction.Express, RunType.Collisions)]
    [InlineData("StreamExpressCosmics", Reconstruction.Express, RunType.Cosmics)]
    [InlineData("ZeroBias", Reconstruction.Prompt, RunType.Collisions)]
    [InlineData("Cosmics", Reconstruction.Prompt, RunType.Cosmics)]
    public void Types_of_maps_and_reconstructions_say_the_same(string type, Reconstruction reconstruction, RunType runType)
    {
        Assert.Equal(reconstruction, TrackerMapRule.ReconstructionOf(type));
        Assert.Equal(type, TrackerMapRule.TypeOf(reconstruction, runType));
        Assert.Contains(type, TrackerMapRule.Types);
    }

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\nrest", "image/png")]
    [InlineData("GIF89a", "image/gif")]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("<svg onload=alert(1)>", "text/plain")]
    [InlineData("a list of modules\n", "text/plain")]
    [InlineData("\0\u0001\u0002", "application/octet-stream")]
    public void A_file_is_what_its_content_says(string content, string mediaType) =>
        Assert.Equal(mediaType, MediaTypes.Of(System.Text.Encoding.Latin1.GetBytes(content)));
}
