using System.Diagnostics;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.OpenShift;

/// <summary>The script that makes the Secret, against a client that only notes what it is told.</summary>
public sealed class SecretsScriptTests
{
    /// <summary>Keeps the values in a folder; an argument that holds one would be seen in the notes.</summary>
    private const string Client = """
        #!/usr/bin/env bash
        store=$(dirname "$0")/store
        echo "$*" >> "$(dirname "$0")/notes"
        case "$1 $2" in
          'get secret')
            [ -d "$store" ] || exit 1
            case "$5" in
              *base64decode*) cat "$store/$(sed 's/.*"\(.*\)".*/\1/' <<< "$5")" ;;
              go-template*) [ ! -e "$store/$(sed 's/.*"\(.*\)".*/\1/' <<< "$5")" ] || printf yes ;;
            esac ;;
          'create secret'|'set data') mkdir -p "$store"; cp "${@: -1:1}" "$store" 2>/dev/null || cp "$(sed 's/--from-file=//' <<< "${@: -1:1}")"/* "$store" ;;
        esac
        """;

    [Fact]
    public async Task Makes_what_nobody_knows_takes_what_somebody_gives_and_keeps_what_is_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for a POSIX shell.");
        var folder = TestFolder.Create("certhelper-secrets-");
        var client = Path.Combine(folder, "oc");
        await File.WriteAllTextAsync(client, Client.ReplaceLineEndings("\n"), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var missing = await RunAsync(client, []);
        var first = await RunAsync(client, new() { ["CLIENT_SECRET"] = "a b/c%ü", ["TRACKER_PASSWORD"] = "t0p" });
        var made = Read(folder);
        File.Delete(Path.Combine(folder, "store", "redis-password-uri-encoded"));
        File.Delete(Path.Combine(folder, "store", "tracker-password"));
        var second = await RunAsync(client, new() { ["CLIENT_SECRET"] = "other", ["TRACKER_PASSWORD"] = "n3w" });
        var after = Read(folder);

        Assert.Equal((1, "secrets: client-secret is not set; give it as CLIENT_SECRET\n"), (missing.Code, missing.Errors));
        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Equal(["client-secret", "postgres-password", "postgres-password-uri-encoded", "redis-password", "redis-password-uri-encoded", "tracker-password"], made.Keys);
        Assert.Equal(("a b/c%ü", "t0p"), (made["client-secret"], made["tracker-password"]));
        Assert.Matches("^[A-Za-z0-9]{22}$", made["postgres-password"]);
        Assert.NotEqual(made["postgres-password"], made["redis-password"]);
        Assert.Equal(made["postgres-password"], made["postgres-password-uri-encoded"]);
        Assert.Equal((0, ""), (second.Code, second.Errors));
        Assert.Equal("n3w", after["tracker-password"]);
        Assert.Equal(made.Where(entry => entry.Key != "tracker-password"), after.Where(entry => entry.Key != "tracker-password"));
        var notes = await File.ReadAllTextAsync(Path.Combine(folder, "notes"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(made.Values, value => notes.Contains(value, StringComparison.Ordinal));
        TestFolder.Delete(folder);
    }

    private static SortedDictionary<string, string> Read(string folder) =>
        new(Directory.EnumerateFiles(Path.Combine(folder, "store")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);

    private static async Task<(int Code, string Errors)> RunAsync(string client, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Deployments.Folder, "secrets.sh")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OC"] = client;
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await errors);
    }
}
