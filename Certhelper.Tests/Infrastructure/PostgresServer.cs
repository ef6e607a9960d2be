using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Certhelper.AppHost.LocalEngine;
using Npgsql;

namespace Certhelper.Tests.Infrastructure;

/// <summary>
/// One PostgreSQL for all tests of a run: the one of <c>CERTHELPER_TEST_POSTGRES</c> (a connection string of a role that
/// may create databases) when set, else an embedded one that lives as long as the test process.
/// </summary>
internal static class PostgresServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Connection string of the server's own database, <c>postgres</c>.</summary>
    public static Task<string> ConnectionStringAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("CERTHELPER_TEST_POSTGRES") is { Length: > 0 } configured) return configured;

        var folder = Directory.CreateTempSubdirectory("certhelper-tests-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var postgres = new EmbeddedPostgres(Path.Combine(folder, "postgres"));
        await postgres.PrepareAsync("test", CancellationToken.None);

        var port = FreePort();
        // What makes writes survive a power cut is only slow here.
        var command = postgres.ServerCommand(port, [new("fsync", "off"), new("synchronous_commit", "off"), new("full_page_writes", "off")]);
        command.RedirectStandardError = true;
        var process = Process.Start(command)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit(5_000);
            Directory.Delete(folder, recursive: true);
        };

        var connectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username={EmbeddedPostgres.UserName};Password=test;Database=postgres");
        await WaitUntilReadyAsync(connectionString, process);
        return connectionString;
    }

    private static async Task WaitUntilReadyAsync(string connectionString, Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(limit.Token);
                return;
            }
            catch (NpgsqlException) when (!process.HasExited)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
