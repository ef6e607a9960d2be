using Certhelper.Core.People;
using Certhelper.Jobs.Reports;
using Certhelper.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace Certhelper.Tests.Reports;

public sealed class ReportVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F154_the_presentation_is_written_from_the_command_line()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new ReportSamples(database);
        await given.WeekAsync((await given.PersonAsync("lena", "Lena Leader", Role.ShiftLeader)).UserId);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.odp");

        var (code, output, error) = await RunAsync(database.ConnectionString, "2018-05-14", "2018-05-20", file);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith($"{file}: Week 20, 2018-05-14 – 2018-05-20, ", output, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(file, Token))[..2]);
        File.Delete(file);
    }

    [Theory]
    [InlineData("usage: report", "2018-05-14", "2018-05-20")]
    [InlineData("usage: report", "2018-05-20", "2018-05-14", "week.odp")]
    [InlineData("usage: report", "2018-02-30", "2018-05-14", "week.odp")]
    [InlineData("as \"docx\"", "2018-05-14", "2018-05-20", "week.docx")]
    [InlineData("ConnectionStrings:certhelper is not set", "2018-05-14", "2018-05-20", "week.odp")]
    public async Task A_mistake_is_one_line(string expected, params string[] args)
    {
        var (code, output, error) = await RunAsync(null, args);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string? connection, params string[] args)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:certhelper", connection)]).Build();
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        return (await ReportVerb.RunAsync(args, configuration, TimeProvider.System, output, error, Token), output.ToString(), error.ToString());
    }
}
