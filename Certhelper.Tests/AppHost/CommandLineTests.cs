using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Certhelper.AppHost.LocalEngine;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.AppHost;

/// <summary>What goes wrong before the stack runs is one clear line and an exit code.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = TestFolder.Create("certhelper-command-");

    public void Dispose() => TestFolder.Delete(folder);

    [Fact]
    public async Task Second_start_with_the_same_data_folder_is_refused_and_the_first_keeps_it()
    {
        using var first = new DataFolder(folder);
        first.Open();

        var (exitCode, _, errors) = await AppHostProgram.RunAsync("--data-folder", folder);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Certhelper cannot start: it is already running with the data folder {folder}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
        Assert.Equal(["up.lock"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Data_folder_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await AppHostProgram.RunAsync("--data-folder", Path.Combine(file, "data"));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"Certhelper cannot start: The data folder {file}/data cannot be written: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public void Full_disk_is_named_with_what_is_missing()
    {
        using var data = new DataFolder(folder, freeBytes: _ => 3 << 20);

        var failure = Assert.Throws<DistributedApplicationException>(data.Open);

        Assert.Equal($"The disk of the data folder {folder} is full: 3 MiB are free and at least 256 MiB are needed.", failure.Message);
    }

    [Fact]
    public async Task Port_that_was_asked_for_and_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (exitCode, _, errors) = await AppHostProgram.RunAsync("--data-folder", folder, "--web-port", port);

        Assert.Equal((1, $"Certhelper cannot start: port {port} of web is taken by another program; stop that one, or choose another port."), (exitCode, errors));
    }

    [Theory]
    [InlineData("--replicas", "0", "web cannot have 0 replicas; the least is 1.")]
    [InlineData("--replicas", "two", "The input string 'two' was not in a correct format.")]
    [InlineData("--publisher", "kubernetes", "There is no publisher named kubernetes; the local engine has: manifest.")]
    public async Task Wrong_argument_is_one_line(string name, string value, string line)
    {
        var (exitCode, _, errors) = await AppHostProgram.RunAsync("--data-folder", folder, name, value);

        Assert.Equal((1, "Certhelper cannot start: " + line), (exitCode, errors));
    }

    [Theory]
    [Trait("kind", "stack")]
    [InlineData("nonsense", "ConnectionStrings:certhelper cannot be read")]
    [InlineData("Host=127.0.0.1;Port=1;Database=certhelper;Username=u;Password=hidden", "The database of ConnectionStrings:certhelper does not answer: ")]
    public async Task Broken_connection_string_is_named_and_nothing_keeps_running(string connectionString, string beginning)
    {
        var (exitCode, output, errors) = await AppHostProgram.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__certhelper"] = connectionString },
            "--data-folder", folder, "--DcpPublisher:RandomizePorts=true");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("Certhelper cannot start: " + beginning, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
        Assert.DoesNotContain("hidden", output + errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "postgres")));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "processes")));
    }
}
