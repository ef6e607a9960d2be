using System.Diagnostics;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>How a program that refuses root is started: as it is, as <c>nobody</c>, or as <c>nobody</c> of a user namespace.</summary>
internal sealed class Unprivileged
{
    private const string Nobody = "65534";

    private readonly string[] prefix;
    private readonly string? owner;

    private Unprivileged(string[] prefix, string? owner)
    {
        this.prefix = prefix;
        this.owner = owner;
    }

    /// <summary>Chooses the way that can reach both the program and the folder where it will write.</summary>
    /// <exception cref="InvalidOperationException">No way exists on this machine; the message says what to change.</exception>
    public static async Task<Unprivileged> ForAsync(string program, string folder, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new Unprivileged([], null);

        Unprivileged[] ways =
        [
            new(["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"], $"{Nobody}:{Nobody}"),
            // A checkout below a private home is out of reach for nobody. In a user namespace the process is nobody to
            // itself, and outside it still owns root's files.
            new(["unshare", $"--map-user={Nobody}", $"--map-group={Nobody}", "--"], "0:0"),
        ];
        foreach (var way in ways)
        {
            var (exitCode, _) = await Commands.RunAsync(
                way.Wrap("/bin/sh", "-c", "test -x \"$1\" && test -x \"$2\"", "sh", program, folder), cancellationToken);
            if (exitCode == 0) return way;
        }

        throw new InvalidOperationException(
            $"PostgreSQL does not run as root, and another user cannot reach {folder}: start Certhelper as an ordinary user, or from a folder that everybody may enter.");
    }

    /// <summary>The command in its wrapping.</summary>
    public ProcessStartInfo Wrap(string program, params string[] arguments)
    {
        string[] all = [.. prefix, program, .. arguments];
        return new ProcessStartInfo(all[0], all[1..]);
    }

    /// <summary>Gives a folder to the user as whom the program runs.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (owner is null) return;
        var (exitCode, output) = await Commands.RunAsync(new ProcessStartInfo("chown", ["-R", owner, folder]), cancellationToken);
        if (exitCode != 0) throw new InvalidOperationException($"The owner of {folder} could not be changed: {output.Trim()}");
    }
}
