using Certhelper.Core.Runs;

namespace Certhelper.Tests.Runs;

public sealed class ReconstructionTests
{
    [Theory]
    [InlineData("/Express/Collisions2017/DQM", Reconstruction.Express)]
    [InlineData("/PromptReco/Collisions2017B/DQM", Reconstruction.Prompt)]
    [InlineData("/ReReco/Run2017B_EOY2017/DQM", Reconstruction.ReReco)]
    [InlineData("/ReReco/Run2017B_UL2019/DQM", Reconstruction.ReRecoUl)]
    [InlineData("/Express/Collisions2018/DQM", Reconstruction.Express)]
    [InlineData("/ReReco/Run2018D_17Sept2018/DQM", Reconstruction.ReReco)]
    [InlineData("/ReReco/Run2018A_17Sept2018/DQM", Reconstruction.ReReco)]
    [InlineData("/Express/Commissioning2022/DQM", Reconstruction.Express)]
    [InlineData("/PromptReco/Cosmics22/DQM", Reconstruction.Prompt)]
    [InlineData("/PromptReco/Collisions22/DQM", Reconstruction.Prompt)]
    [InlineData("/StreamExpress/Run2018A-Express-v1/DQMIO", Reconstruction.Express)]
    [InlineData("/ZeroBias/Run2018D-PromptReco-v2/DQMIO", Reconstruction.Prompt)]
    [InlineData("/StreamExpressCosmics/Run2018D-Express-v1/DQMIO", Reconstruction.Express)]
    [InlineData("/Cosmics/Run2018D-PromptReco-v2/DQMIO", Reconstruction.Prompt)]
    [InlineData("/Cosmics/Run2017F-PromptReco-v1/DQMIO", Reconstruction.Prompt)]
    [InlineData("/StreamExpressCosmics/Commissioning2018-Express-v1/DQMIO", Reconstruction.Express)]
    [InlineData("/Cosmics/Commissioning2018-PromptReco-v1/DQMIO", Reconstruction.Prompt)]
    [InlineData("online", Reconstruction.Online)]
    [InlineData("/Express/Commissioning2022/DQM\n", Reconstruction.Express)]
    public void A_dataset_name_says_its_reconstruction(string name, Reconstruction expected) =>
        Assert.Equal(expected, Reconstructions.FromDatasetName(name));

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("/HIPhysics/HIRun2018A/DQMIO")]
    public void A_name_that_says_none_gives_none(string? name) => Assert.Null(Reconstructions.FromDatasetName(name));

    [Fact]
    public void Lower_case_ul_inside_a_word_is_no_ultra_legacy() =>
        Assert.Equal(Reconstruction.ReReco, Reconstructions.FromDatasetName("/ReReco/Run2018A_full2018/DQM"));

    [Fact]
    public void Every_code_reads_back()
    {
        foreach (var reconstruction in Enum.GetValues<Reconstruction>())
        {
            Assert.True(Reconstructions.TryParse(reconstruction.Code(), out var read));
            Assert.Equal(reconstruction, read);
        }

        Assert.False(Reconstructions.TryParse("expres", out _));
    }
}
