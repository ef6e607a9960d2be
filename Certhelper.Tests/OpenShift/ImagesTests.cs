using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary><c>./certhelper images</c>, with registries on this machine.</summary>
public sealed class ImagesTests
{
    [Theory]
    [InlineData("the registry 127.0.0.1:1, where the base image 127.0.0.1:1/base:1.0 is, cannot be reached from here", "127.0.0.1:1/base:1.0")]
    [InlineData("\"latest\" says not which", "127.0.0.1:1/base:1.0", "--tag", "latest")]
    [InlineData("\"--push\" is not known", "127.0.0.1:1/base:1.0", "--push")]
    public async Task What_cannot_be_done_is_said_before_anything_is_built(string message, string image, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for a POSIX shell.");

        var (code, output) = await RunAsync(image, arguments);

        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("kind", "long")]
    public async Task Both_images_are_pushed_with_a_user_that_is_not_root_and_say_what_they_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Images are for Linux.");
        await using var registry = await LoopbackRegistry.StartAsync();
        registry.AddBase("base", "1.0");

        var (code, output) = await RunAsync($"{registry.Address}/base:1.0", "--registry", $"{registry.Address}/tracker", "--tag", "9.8.7");

        Assert.True(code == 0, output);
        foreach (var project in (string[])["Certhelper.Web", "Certhelper.Jobs"])
        {
            var name = project.ToLowerInvariant().Replace('.', '-');
            Assert.Contains($"{registry.Address}/tracker/{name}", output, StringComparison.Ordinal);
            var manifest = registry.Manifest($"tracker/{name}", "9.8.7");
            Assert.NotNull(manifest);
            var config = JsonNode.Parse(registry.Blob(manifest["config"]!))!["config"]!;
            Assert.Equal(("1654", "/app"), ((string)config["User"]!, ((string)config["WorkingDir"]!).TrimEnd('/')));
            Assert.Contains("8080/tcp", config["ExposedPorts"]!.AsObject().Select(port => port.Key));
            Assert.Equal(["dotnet", $"/app/{project}.dll"], config["Entrypoint"]!.AsArray().Select(word => (string)word!));
            Assert.Equal((project, "certhelper,cms,tracker"), ((string)config["Labels"]!["org.opencontainers.image.title"]!, (string)config["Labels"]!["io.openshift.tags"]!));
            var layer = manifest["layers"]!.AsArray()[^1]!;
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {(long)layer["size"]! / 1048576.0:0.0} MiB above its base"));
            Assert.True((long)layer["size"]! < 120 * 1024 * 1024);
            await CheckFilesAsync(registry.Blob(layer), project);
        }
    }

    /// <summary>Whoever is in no group that the image knows can read everything and start it, and there is no secret of ours in it.</summary>
    private static async Task CheckFilesAsync(byte[] layer, string project)
    {
        using var unpacked = new GZipStream(new MemoryStream(layer), CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
        {
            names.Add("/" + entry.Name.TrimStart('/', '.'));
            Assert.True(entry.Mode.HasFlag(UnixFileMode.OtherRead), entry.Name);
            if (entry.EntryType == TarEntryType.Directory) Assert.True(entry.Mode.HasFlag(UnixFileMode.OtherExecute), entry.Name);
            Assert.False(entry.Mode.HasFlag(UnixFileMode.OtherWrite), entry.Name);
        }

        Assert.Contains($"/app/{project}.dll", names);
        Assert.DoesNotContain(names, name => name.EndsWith(".Development.json", StringComparison.Ordinal) || name.Contains("launchSettings", StringComparison.Ordinal) || name.Contains("secrets", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(int Code, string Output)> RunAsync(string image, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(SharedData.Repository(), "certhelper"), ["images", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CERTHELPER_BASE_IMAGE"] = image;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
