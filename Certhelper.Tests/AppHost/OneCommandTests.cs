using System.Diagnostics;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.AppHost;

/// <summary>What <c>./certhelper</c> says on a machine where something is missing and nothing may be installed.</summary>
public sealed class OneCommandTests : IDisposable
{
    private static readonly string[] Always = ["bash", "dirname", "readlink", "sed", "id", "tail", "grep", "uname"];

    private readonly string folder = TestFolder.Create("certhelper-path-");

    public void Dispose() => TestFolder.Delete(folder);

    [Fact]
    public async Task Missing_Node_is_one_line_that_says_where_to_get_it()
    {
        Link([.. Always, "dotnet"]);

        var (code, errors) = await UpAsync();

        Assert.Equal((1, "certhelper: Node.js 20 or newer with npm is missing; get it from https://nodejs.org or with: apt-get install nodejs npm"), (code, errors));
    }

    [Fact]
    public async Task Old_Node_is_one_line_with_its_version()
    {
        Link([.. Always, "dotnet"]);
        Write("node", "echo v16.20.2");
        Write("npm", "exit 0");

        var (code, errors) = await UpAsync();

        Assert.Equal(1, code);
        Assert.StartsWith("certhelper: Node.js v16.20.2 is too old; Certhelper needs 20 or newer", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task Missing_dotnet_is_one_line_that_says_where_to_get_it()
    {
        Link(Always);

        var (code, errors) = await UpAsync();

        Assert.Equal((1, "certhelper: .NET 10 SDK is missing; get it from https://dotnet.microsoft.com/download/dotnet/10.0"), (code, errors));
    }

    private void Link(IEnumerable<string> programs)
    {
        foreach (var program in programs)
        {
            var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
            if (real is not null) File.CreateSymbolicLink(Path.Combine(folder, program), real);
        }
    }

    private void Write(string program, string does)
    {
        var file = Path.Combine(folder, program);
        File.WriteAllText(file, "#!/bin/sh\n" + does + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Errors)> UpAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "bash"), [Path.Combine(SharedData.Repository(), "certhelper"), "up"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await errors).TrimEnd());
    }
}
