using Certhelper.Standins.Facts;
using Certhelper.Standins.Generate;

namespace Certhelper.Tests.Standins;

public sealed class GeneratorTests
{
    private static readonly string[] Files =
        [DataFiles.Runs, DataFiles.Fills, DataFiles.Lumisections, DataFiles.RegistryRuns, DataFiles.Datasets];

    [Fact]
    public void The_committed_data_set_is_what_the_generator_makes_of_the_facts()
    {
        var output = Directory.CreateTempSubdirectory("generated-").FullName;

        var result = Generator.Run(["generate", SharedFacts.Folder, output]);

        Assert.Equal(0, result);
        Assert.All(Files, file => Assert.Equal(Committed(file), File.ReadAllText(Path.Combine(output, file))));
        Directory.Delete(output, recursive: true);
    }

    [Fact]
    public void The_data_set_stays_small() => Assert.True(Files.Sum(file => Committed(file).Length) < 750_000);

    [Fact]
    public void Every_row_says_what_is_derived()
    {
        var runs = FactFile.Read(DataFiles.Runs);

        Assert.All(runs.Where(run => !run.Recorded), run => Assert.Contains("run_number", run.Known));
        Assert.All(runs.Where(run => !run.Recorded && run["run_number"] is "321149"), run => Assert.Contains("recorded_lumi", run.Known));
        Assert.All(runs.Where(run => !run.Recorded && run["run_number"] is "321140"), run => Assert.DoesNotContain("recorded_lumi", run.Known));
        Assert.True(runs.Count(run => run.Recorded) >= 17);
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("generate", "/there/is/no/such/folder", "out")]
    public void Without_facts_it_says_how_to_call_it(params string[] args) => Assert.Equal(2, Generator.Run(args));

    private static string Committed(string file)
    {
        using var stream = typeof(FactFile).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
