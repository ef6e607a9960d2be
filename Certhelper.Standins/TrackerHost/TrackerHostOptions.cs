using System.Globalization;

namespace Certhelper.Standins.TrackerHost;

/// <summary>What the host of the remote scripts needs to know; from environment variables, as it has no other configuration.</summary>
/// <param name="Folder">Where keys, scripts and what they make are kept (<c>TrackerHost__Folder</c>).</param>
/// <param name="Port">Port on 127.0.0.1 (<c>TrackerHost__Port</c>).</param>
/// <param name="Speed">By how much the scripts' pauses are longer (<c>TRACKER_HOST_SPEED</c>); tests have short ones.</param>
/// <param name="Server">Path of OpenSSH's sshd (<c>TrackerHost__Server</c>); null where there is none.</param>
internal sealed record TrackerHostOptions(string Folder, int Port, double Speed, string? Server)
{
    private static readonly string[] UsualPlaces = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd", "/opt/homebrew/sbin/sshd"];

    /// <exception cref="InvalidOperationException">A value is missing or wrong; the message names the variable.</exception>
    public static TrackerHostOptions Read(Func<string, string?> variable)
    {
        var folder = variable("TrackerHost__Folder") is { Length: > 0 } path
            ? Path.GetFullPath(path)
            : throw new InvalidOperationException("TrackerHost__Folder says where keys and scripts are kept (example: /tmp/tracker-host).");
        if (!int.TryParse(variable("TrackerHost__Port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new InvalidOperationException("TrackerHost__Port is the port to listen on (example: 20022).");
        var speed = variable("TRACKER_HOST_SPEED") is { Length: > 0 } factor
            ? double.TryParse(factor, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 100
                ? number
                : throw new InvalidOperationException("TRACKER_HOST_SPEED is the factor of the scripts' pauses, 0 to 100 (example: 0.05).")
            : 1;
        var server = variable("TrackerHost__Server") is { Length: > 0 } chosen ? chosen : UsualPlaces.FirstOrDefault(File.Exists);
        return new TrackerHostOptions(folder, port, speed, File.Exists(server) ? server : null);
    }
}
