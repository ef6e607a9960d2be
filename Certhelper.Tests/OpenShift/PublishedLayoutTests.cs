using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.OpenShift;

/// <summary>
/// What goes into the images, run as the cluster would: a user id that nobody knows with group 0, no capability, a tree
/// that cannot be written, the declared folders, and the variables of the Deployment.
/// </summary>
[Trait("kind", "long")]
public sealed class PublishedLayoutTests
{
    /// <summary>As OpenShift takes them from a project's range.</summary>
    private const string User = "1000680000";
    private const int CompressedLimit = 120 * 1024 * 1024;

    [Fact]
    public async Task Published_programs_run_as_anybody_on_a_tree_that_cannot_be_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can start a process as another user.");
        var root = TestFolder.Create("certhelper-layout-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        await using var database = await TestDatabase.CreateEmptyAsync();
        await PublishAsync("Certhelper.Jobs", root);
        await PublishAsync("Certhelper.Web", root);

        await MigrateAsync(root, database);
        await ServeAsync(root, database, "Certhelper.Jobs", "jobs", WaitForOutsideServicesAsync);
        await ServeAsync(root, database, "Certhelper.Web", "web", CheckPagesAsync);

        // Whatever such a user wrote anywhere but in its own folder would not be written in the cluster.
        var (_, found) = await RunAsync(new ProcessStartInfo("find", ["/", "-xdev", "-ignore_readdir_race", "-uid", User, "-not", "-path", Path.Combine(Path.GetTempPath(), "certhelper-layout-*"), "-not", "-path", "/proc/*"]));
        Assert.Equal("", found);
        TestFolder.Delete(root);
    }

    /// <summary>Publishes as <c>./certhelper images</c> does, and takes away everybody's right to write.</summary>
    private static async Task PublishAsync(string project, string root)
    {
        var folder = Path.Combine(root, project);
        var (code, output) = await RunAsync(new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(SharedData.Repository(), project), "--no-restore", "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "--nologo", "-v", "quiet", "-clp:NoSummary", "-p:RunAnalyzers=false", "-nodeReuse:false", "-o", folder]));
        Assert.True(code == 0, output);

        var size = await CompressedAsync(folder);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{project}: {size / 1048576.0:0.0} MiB compressed"));
        Assert.True(size < CompressedLimit, $"{project}: {size} bytes.");
        Assert.Equal((0, ""), await RunAsync(new ProcessStartInfo("chmod", ["-R", "a-w,a+rX", folder])));
        if (project != "Certhelper.Web") return;

        // Compressed once, when the image is made, and not for each visitor.
        var bare = Directory.EnumerateFiles(Path.Combine(folder, "wwwroot"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".css" or ".js" or ".svg").Where(file => !File.Exists(file + ".gz")).Select(file => Path.GetFileName(file));
        Assert.Empty(bare);
    }

    private static async Task<long> CompressedAsync(string folder)
    {
        using var counted = new CountingStream();
        await using (var packed = new GZipStream(counted, CompressionLevel.Optimal, leaveOpen: true))
            await TarFile.CreateFromDirectoryAsync(folder, packed, includeBaseDirectory: false, TestContext.Current.CancellationToken);
        return counted.Count;
    }

    private static async Task MigrateAsync(string root, TestDatabase database)
    {
        var (code, output) = await RunAsync(Command(root, "Certhelper.Jobs", "migrate", database, ["migrate"], []));

        Assert.True(code == 0, output);
        Assert.Contains("Jobs: schema present", output, StringComparison.Ordinal);
    }

    private static async Task ServeAsync(string root, TestDatabase database, string project, string name, Func<HttpClient, int, Task> check)
    {
        var (port, metrics) = (FreePort(), FreePort());
        var command = Command(root, project, name, database, [], new()
        {
            ["HTTP_PORTS"] = port.ToString(CultureInfo.InvariantCulture),
            ["Metrics__Port"] = metrics.ToString(CultureInfo.InvariantCulture),
        });
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            client.DefaultRequestHeaders.Host = "localhost";
            await Processes.UntilAsync(async () => process.HasExited || await StatusAsync(client, "/health") == HttpStatusCode.OK, TimeSpan.FromSeconds(60), $"{project} is ready");
            Assert.False(process.HasExited, process.HasExited ? await output + await errors : "");
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{project}: {clock.Elapsed.TotalSeconds:0.0} s from start to ready, of which {process.TotalProcessorTime.TotalSeconds:0.0} s of processor, {Memory(process.Id)} MiB"));

            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/alive"));
            Assert.Equal(User, (await File.ReadAllLinesAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken)).Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1]);
            await check(client, metrics);
            Assert.Contains("dotnet_gc_collections_total", await MetricsAsync(client, metrics), StringComparison.Ordinal);
        }
        finally
        {
            clock.Restart();
            if (!process.HasExited) await RunAsync(new ProcessStartInfo("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Deployments.Values.Workloads[name].StopSeconds));
            await process.WaitForExitAsync(limit.Token);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{project}: {clock.Elapsed.TotalSeconds:0.0} s from TERM to its end"));
        Assert.True(process.ExitCode == 0, await output + await errors);
    }

    /// <summary>Jobs ask outside services at once on a new installation; whether they answer does not matter here.</summary>
    private static Task WaitForOutsideServicesAsync(HttpClient client, int metrics) => Processes.UntilAsync(
        async () => (await MetricsAsync(client, metrics)).Contains("http_client_request_duration_seconds_bucket", StringComparison.Ordinal), TimeSpan.FromSeconds(90), "an outside service was asked");

    // The name is the pod's: the port answers to any.
    private static Task<string> MetricsAsync(HttpClient client, int port) => client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);

    private static async Task CheckPagesAsync(HttpClient client, int metrics)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/lib/bootstrap.min.css");
        request.Headers.Host = "localhost";
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var style = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "br"), (style.StatusCode, string.Join(',', style.Content.Headers.ContentEncoding)));

        // Only the site's own name, and the probes', are answered.
        using var strange = new HttpRequestMessage(HttpMethod.Get, "/");
        strange.Headers.Host = "elsewhere.example";
        using var answer = await client.SendAsync(strange, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Processes.UntilAsync(
            async () => (await MetricsAsync(client, metrics)).Contains("http_server_request_duration_seconds_bucket", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "requests are counted");
    }

    /// <summary>The command of a container of the Deployment of the web or the jobs, with its variables.</summary>
    private static ProcessStartInfo Command(string root, string project, string container, TestDatabase database, string[] arguments, Dictionary<string, string> changes)
    {
        var objects = Deployments.Rendered("dev");
        var item = Deployments.Container(objects, container);
        var folder = Path.Combine(root, "run-" + container);
        var start = new ProcessStartInfo("setpriv",
            [$"--reuid={User}", "--regid=0", "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--", Dotnet(), Path.Combine(root, project, project + ".dll"), .. arguments])
        {
            WorkingDirectory = Path.Combine(root, project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        // As a base image without a home for its user.
        start.Environment["HOME"] = "/";
        foreach (var (name, value) in Deployments.EnvironmentOf(objects, item)) start.Environment[name] = value;

        // The one folder that the Deployment declares, and where it is here.
        Assert.Equal(["/tmp"], Kustomize.List(item, "volumeMounts").Where(mount => (bool?)mount!["readOnly"] != true).Select(mount => (string)mount!["mountPath"]!));
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            using var chown = Process.Start("chown", [$"{User}:0", folder]);
            chown.WaitForExit();
        }

        start.Environment["TMPDIR"] = folder;
        start.Environment["ConnectionStrings__certhelper"] = database.ConnectionString;
        // Nothing listens there: Redis may be absent for a while. Its patience of five seconds is no part of the start that is measured.
        start.Environment["ConnectionStrings__redis"] = "127.0.0.1:1,abortConnect=false,connectTimeout=100";
        foreach (var (name, value) in changes) start.Environment[name] = value;
        return start;
    }

    private static string Dotnet() => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static long Memory(int id) => long.Parse(File.ReadLines($"/proc/{id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(int Code, string Output)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Counts and forgets.</summary>
    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Count += count;
    }
}
