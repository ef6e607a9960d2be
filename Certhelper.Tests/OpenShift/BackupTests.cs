using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Certhelper.Tests.AppHost;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Oms;
using Npgsql;

namespace Certhelper.Tests.OpenShift;

/// <summary>
/// A dump is worth what comes back of it. Dumping wants tools that are not older than the server, and the embedded one
/// has none: these tests use Debian's server and its own tools, where they are installed.
/// </summary>
[Trait("kind", "stack")]
public sealed class BackupTests
{
    [Fact]
    public async Task What_is_restored_holds_what_was_dumped_table_by_table()
    {
        await using var server = await DebianPostgres.StartAsync();
        await server.FillAsync("certhelper");
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "backups")).FullName;
        var old = Path.Combine(folder, "certhelper-20200101T000000Z.dump");
        var foreign = Path.Combine(folder, "notes.txt");
        foreach (var file in (string[])[old, foreign])
        {
            await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        var before = await server.CerthelperAsync("backup", "--list");
        var backup = await server.CerthelperAsync("backup", folder);
        var dump = Assert.Single(Directory.EnumerateFiles(folder, "*.dump"), file => file != old);
        var restore = await server.CerthelperAsync("restore", dump, "scratch");
        var again = await server.CerthelperAsync("restore", dump, "scratch");
        await server.ExecuteAsync("scratch", "UPDATE scripts SET title = title || ' (changed)'");
        var changed = await server.CerthelperAsync("backup", "--list", "scratch");

        var tables = before.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{tables.Count} tables, {tables.Sum(words => long.Parse(words[1], CultureInfo.InvariantCulture))} rows, {new FileInfo(dump).Length} bytes"));
        Assert.Equal((0, 0, 0), (before.Code, backup.Code, restore.Code));
        Assert.Contains(tables, words => words[0] == "hangfire.schema" && words[1] == "1");
        Assert.True(tables.Count(words => words[1] != "0") > 5, before.Output);
        Assert.Equal(before.Output, restore.Output);
        Assert.NotEqual(before.Output, changed.Output);
        // Never over what is there.
        Assert.Equal(1, again.Code);
        Assert.Contains("scratch could not be made; nothing was changed", again.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(old) && File.Exists(foreign), "Nothing is thrown away unless it is said.");
    }

    [Fact]
    public async Task Old_dumps_go_only_after_a_new_one_is_there()
    {
        await using var server = await DebianPostgres.StartAsync();
        await server.ExecuteAsync("postgres", "CREATE DATABASE certhelper");
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "backups")).FullName;
        var old = Path.Combine(folder, "certhelper-20200101T000000Z.dump");
        var foreign = Path.Combine(folder, "notes.txt");
        foreach (var file in (string[])[old, foreign])
        {
            await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        server.Variables["BACKUP_KEEP_DAYS"] = "30";
        server.Variables["PGDATABASE"] = "absent";
        var failed = await server.CerthelperAsync("backup", folder);
        var kept = File.Exists(old);
        server.Variables["PGDATABASE"] = "certhelper";
        var done = await server.CerthelperAsync("backup", folder);
        var nonsense = await server.CerthelperAsync("restore", foreign, "scratch");

        Assert.Equal((1, true, 0, false, true), (failed.Code, kept, done.Code, File.Exists(old), File.Exists(foreign)));
        Assert.Single(Directory.EnumerateFiles(folder, "certhelper-*.dump"));
        Assert.Equal(1, nonsense.Code);
        Assert.Contains("notes.txt is no dump of PostgreSQL", nonsense.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("scratch", await server.DatabasesAsync());
    }

    /// <summary>A server of Debian's package in a folder of its own, not the one that the machine may run.</summary>
    private sealed class DebianPostgres : IAsyncDisposable
    {
        private const string Nobody = "65534";
        private readonly Process process;
        private readonly int port;

        private DebianPostgres(string folder, int port, Process process)
        {
            Folder = folder;
            this.port = port;
            this.process = process;
            Variables = new() { ["PGHOST"] = "127.0.0.1", ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = "postgres", ["PGDATABASE"] = "certhelper" };
        }

        public string Folder { get; }

        public Dictionary<string, string> Variables { get; }

        public static async Task<DebianPostgres> StartAsync()
        {
            var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(path => Path.Combine(path, "bin")).Where(path => File.Exists(Path.Combine(path, "initdb"))).Order().LastOrDefault() : null;
            Assert.SkipWhen(programs is null, "Debian's PostgreSQL server is not installed (apt-get install postgresql).");
            Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can start the server as another user.");
            var folder = TestFolder.Create("certhelper-backup-");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
            await RunAsync("chown", Nobody, data);
            string[] asNobody = [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"];
            var (code, _, errors) = await RunAsync("setpriv", [.. asNobody, Path.Combine(programs, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
            Assert.True(code == 0, errors);
            var port = FreePort();
            var start = new ProcessStartInfo("setpriv", [.. asNobody, Path.Combine(programs, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]) { RedirectStandardError = true };
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var server = new DebianPostgres(folder, port, process);
            await Processes.UntilAsync(server.AnswersAsync, TimeSpan.FromSeconds(30), "Debian's PostgreSQL answers");
            return server;
        }

        /// <summary>A database as this build makes it, with what it is seeded with.</summary>
        public async Task FillAsync(string name)
        {
            var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["ConnectionStrings:certhelper"] = ConnectionString(name), ["Scripts:Practice"] = "true" };
            var errors = new StringWriter();
            Assert.True(await Certhelper.Jobs.Migrate.MigrateVerb.RunAsync(configuration, TextWriter.Null, errors, TestContext.Current.CancellationToken) == 0, errors.ToString());
        }

        public async Task<(int Code, string Output, string Errors)> CerthelperAsync(params string[] arguments)
        {
            var variables = new Dictionary<string, string>(Variables);
            // As a person would name another database of the same server.
            if (arguments is ["backup", "--list", { } other]) (variables["PGDATABASE"], arguments) = (other, arguments[..2]);
            var start = new ProcessStartInfo(Path.Combine(SharedData.Repository(), "certhelper"), arguments);
            foreach (var (name, value) in variables) start.Environment[name] = value;
            return await RunAsync(start);
        }

        public async Task ExecuteAsync(string database, string sql)
        {
            await using var connection = new NpgsqlConnection(ConnectionString(database));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        public async Task<List<string>> DatabasesAsync()
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("SELECT datname FROM pg_database", connection);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var names = new List<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) names.Add(reader.GetString(0));
            return names;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            TestFolder.Delete(Folder);
        }

        private async Task<bool> AnswersAsync()
        {
            Assert.False(process.HasExited, "Debian's PostgreSQL has ended.");
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }

        private string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Pooling=false");

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        private static Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments) => RunAsync(new ProcessStartInfo(program, arguments));

        private static async Task<(int Code, string Output, string Errors)> RunAsync(ProcessStartInfo start)
        {
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output, await errors);
        }
    }
}
