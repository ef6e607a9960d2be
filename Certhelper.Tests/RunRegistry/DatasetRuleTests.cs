using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.RunRegistry;

/// <summary>Which dataset belongs to a certification, and which comes next.</summary>
public sealed class DatasetRuleTests
{
    private static readonly string[] Known = ["/Express/Collisions2024/DQM", "/PromptReco/Collisions2024I/DQM"];

    [Theory]
    [InlineData("", null)]
    [InlineData("/Express/Collisions2024/DQM", null)]
    [InlineData("/Express/Cosmics2024/DQM", "The Run Registry has no such dataset")]
    [InlineData("/PromptReco/Collisions2024I/DQM", "This is a dataset of prompt, not of express.")]
    [InlineData("Robert'); DROP TABLE runs;--", "says no reconstruction")]
    [InlineData("online", "This is a dataset of online, not of express.")]
    public void D34_a_dataset_must_be_one_of_the_runs_and_of_this_reconstruction(string name, string? problem)
    {
        var said = DatasetRule.Problem(name, Reconstruction.Express, Known);

        if (problem is null) Assert.Null(said);
        else Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Express/Collisions2024/DQM", true)]
    [InlineData("/PromptReco/Collisions2024I/DQM", false)]
    public void D34_with_the_registry_away_the_name_itself_must_say_the_reconstruction(string name, bool fits) =>
        Assert.Equal(fits, DatasetRule.Problem(name, Reconstruction.Express, []) is null);

    [Fact]
    public async Task D34_the_save_refuses_a_foreign_dataset_for_every_way_in()
    {
        await using var house = await SourceHouse.CreateAsync();
        var sara = await house.PersonAsync("sara", "shifter");

        var result = await house.Get<CertificationDesk>().CreateAsync(
            321138, Reconstruction.Prompt, house.GoodInput(), sara, TestContext.Current.CancellationToken);

        var error = Assert.Single(Assert.IsType<SaveResult.Invalid>(result).Errors);
        Assert.Equal((nameof(CertificationInput.DatasetName), "This is a dataset of express, not of prompt."), (error.Field, error.Message));
    }

    [Fact]
    public void D35_asking_for_rereco_never_gives_the_UL_dataset()
    {
        RegistryDataset[] datasets = [Dataset("/ReReco/Run2017B_UL2019/DQM"), Dataset("/ReReco/Run2017B_17Nov2017/DQM")];

        Assert.Equal("/ReReco/Run2017B_17Nov2017/DQM", DatasetRule.Next(datasets, [])!.Name);
        Assert.NotNull(DatasetRule.Problem(datasets[0].Name, Reconstruction.ReReco, [.. datasets.Select(dataset => dataset.Name)]));
    }

    [Fact]
    public void D36_the_next_dataset_is_open_and_in_the_order_in_which_reconstructions_are_made()
    {
        RegistryDataset[] datasets =
        [
            Dataset("Online", "OPEN"), Dataset("/ReReco/Run2024/DQM"), Dataset("/PromptReco/Collisions2024I/DQM"),
            Dataset("/Express/Collisions2024/DQM", "SIGNOFF"),
        ];

        Assert.Equal(Reconstruction.Prompt, DatasetRule.Next(datasets, [])!.Reconstruction);
        Assert.Equal(Reconstruction.ReReco, DatasetRule.Next(datasets, [Reconstruction.Prompt])!.Reconstruction);
        // With nothing open left, what is closed can still be certified.
        Assert.Equal(Reconstruction.Express, DatasetRule.Next(datasets, [Reconstruction.Prompt, Reconstruction.ReReco])!.Reconstruction);
        Assert.Null(DatasetRule.Next(datasets, [Reconstruction.Prompt, Reconstruction.ReReco, Reconstruction.Express]));
    }

    private static RegistryDataset Dataset(string name, string state = RegistryDataset.Open) => new()
    {
        RunNumber = 380115,
        Name = name,
        Reconstruction = Reconstructions.FromDatasetName(name),
        TrackerState = state,
    };
}
