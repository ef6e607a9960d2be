using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Certhelper.Standins.TrackerHost;

/// <summary>The folder of the host: its keys, its configuration, and below <c>data</c> what <c>/data</c> is on the real one.</summary>
internal sealed class TrackerHostFiles(TrackerHostOptions options)
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const string Prefix = "TrackerHost/";
    private const string TkMaps = "users/event_display/ShiftRun3/TkMapGeneration";

    /// <summary>Is in the environment of everything that a session starts, so that nothing of it survives an orderly stop.</summary>
    public string Marker => $"TRACKER_HOST_FOLDER={options.Folder}";

    public string HostKey => In("host_ed25519");

    /// <summary>The private key with which the product signs in; its public half is the only one that is let in.</summary>
    public string ClientKey => In("client_ed25519");

    public string AuthorizedKeys => In("authorized_keys");

    public string Configuration => In("sshd_config");

    public string PidFile => In("sshd.pid");

    public string Data => In("data");

    /// <summary>Writes the scripts as they are in this version; what they made before stays.</summary>
    public void WriteScripts()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(In("host.env"), EnvironmentOfScripts(), Utf8);
        foreach (var name in typeof(TrackerHostFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var script = name[Prefix.Length..];
            var text = Read(name);
            foreach (var place in PlacesOf(script)) WriteScript(Path.Combine(Data, place), text);
        }
    }

    /// <summary>The configuration of sshd.</summary>
    /// <param name="withPenalties">Whether this sshd knows <c>PerSourcePenalties</c>, which would lock this machine out after a few refusals.</param>
    public void WriteConfiguration(bool withPenalties)
    {
        var lines = new List<string>
        {
            $"ListenAddress 127.0.0.1:{options.Port.ToString(CultureInfo.InvariantCulture)}",
            $"HostKey {Quoted(HostKey)}",
            $"PidFile {Quoted(PidFile)}",
            $"AuthorizedKeysFile {Quoted(AuthorizedKeys.Replace("%", "%%", StringComparison.Ordinal))}",
            "AuthenticationMethods publickey",
            "PubkeyAuthentication yes",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            $"AllowUsers {Environment.UserName}",
            // The folder may be below one that others may write, such as /tmp.
            "StrictModes no",
            $"UsePAM {(IsLocked() ? "yes" : "no")}",
            "UseDNS no",
            "PrintMotd no",
            "PrintLastLog no",
            "X11Forwarding no",
            "AllowTcpForwarding no",
            "AllowAgentForwarding no",
            "AllowStreamLocalForwarding no",
            "PermitTunnel no",
            "LoginGraceTime 30",
            "MaxAuthTries 6",
            "MaxSessions 500",
            "MaxStartups 500:30:1000",
            "LogLevel INFO",
            $"SetEnv {Quoted(Marker)}",
            "Subsystem sftp internal-sftp",
        };
        if (withPenalties) lines.Add("PerSourcePenalties no");
        File.WriteAllText(Configuration, string.Join('\n', lines) + "\n", Utf8);
    }

    private static UTF8Encoding Utf8 { get; } = new(false);

    private static IEnumerable<string> PlacesOf(string script) => script switch
    {
        // Beside the release and in it: definitions name either.
        "tkmapsFromCertHelper.sh" => [$"{TkMaps}/{script}", $"{TkMaps}/CMSSW_13_0_3/{script}", $"{TkMaps}/CMSSW_13_0_3/src/{script}"],
        "singleModuleOccupancyCertHelper.sh" => [$"users/event_display/ShiftRun3/SingleModuleOccupancy/{script}"],
        _ => [script],
    };

    // Without PAM a locked password locks the account for keys too.
    private static bool IsLocked()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/etc/shadow")) return false;
        return File.ReadLines("/etc/shadow").Any(line => line.StartsWith($"{Environment.UserName}:!", StringComparison.Ordinal));
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Shell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Read(string resource)
    {
        using var stream = typeof(TrackerHostFiles).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private string EnvironmentOfScripts()
    {
        // Three folders above the runtime's own; the PATH of a session may lack it.
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var draw = $"{Shell(File.Exists(beside) ? beside : "dotnet")} {Shell(typeof(TrackerHostFiles).Assembly.Location)}";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # Read by the scripts; written at every start.
            TRACKER_HOST_DATA={{Shell(Data)}}
            TRACKER_HOST_SPEED=${TRACKER_HOST_SPEED:-{{options.Speed:0.####}}}
            TRACKER_HOST_DRAW=({{draw}} maps)
            TRACKER_HOST_OCCUPANCY=({{draw}} occupancy)
            pause() { sleep "$(LC_ALL=C awk -v pause="$1" -v speed="$TRACKER_HOST_SPEED" 'BEGIN { printf "%.3f", pause * speed }')"; }

            """).ReplaceLineEndings("\n");
    }

    private void WriteScript(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Moved into its place: a shell reads its script while it runs, and one may be running.
        var staging = path + ".new";
        File.WriteAllText(staging, text.Replace("@environment@", Shell(In("host.env")), StringComparison.Ordinal), Utf8);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(staging, Executable);
        File.Move(staging, path, overwrite: true);
    }

    private string In(string name) => Path.Combine(options.Folder, name);
}
