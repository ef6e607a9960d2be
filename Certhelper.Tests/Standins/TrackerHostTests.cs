using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Certhelper.Standins.TrackerHost;
using Certhelper.Tests.AppHost;

namespace Certhelper.Tests.Standins;

/// <summary>The host of the remote scripts is a real OpenSSH server, and its scripts behave like those at CERN.</summary>
public sealed class TrackerHostTests(TrackerHostServer host) : IClassFixture<TrackerHostServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_own_key_signs_in_and_nothing_else_does()
    {
        var stranger = Path.Combine(host.Folder, $"stranger-{Guid.NewGuid():N}");
        await TrackerHostServer.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger);

        var known = await host.SshAsync("echo signed in; printenv TRACKER_HOST_FOLDER");
        var other = await TrackerHostServer.RunAsync("ssh", "-i", stranger, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-p", Text(host.Port), $"{Environment.UserName}@127.0.0.1", "true");
        var password = await host.SshAsync(["-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password,keyboard-interactive"], "true");

        Assert.Equal((0, $"signed in\n{host.Folder}\n"), (known.ExitCode, known.Output));
        Assert.Equal(255, other.ExitCode);
        Assert.Contains("Permission denied (publickey)", other.Errors, StringComparison.Ordinal);
        Assert.Equal(255, password.ExitCode);
        Assert.Contains("Permission denied (publickey)", password.Errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.ClientKey));
    }

    [Fact]
    public async Task Many_refusals_do_not_lock_this_machine_out()
    {
        for (var i = 0; i < 8; i++) await host.SshAsync(["-o", "PubkeyAuthentication=no"], "true");

        Assert.Equal(0, (await host.SshAsync("true")).ExitCode);
    }

    [Fact]
    public async Task Tracker_maps_of_two_runs_are_made_where_their_period_says_and_differ()
    {
        var answer = await host.SshAsync($"cd '{host.TkMaps}' && bash tkmapsFromCertHelper.sh StreamExpress 321177 386509 2>&1");

        Assert.Equal(2, answer.ExitCode);
        Assert.StartsWith("StreamExpress\n", answer.Output, StringComparison.Ordinal);
        foreach (var line in new[] { "Downloading File!!", " Creating the TrackerMap.... ", "Check TrackerMap on 386509/StreamExpress folder", " Creating the list of bad modules ", "countig dead pixel ROCs" })
            Assert.Contains(line + "\n", answer.Output, StringComparison.Ordinal);
        Assert.Matches("Begin processing the 1st record. Run 321177, Event 1, ", answer.Output);
        Assert.Contains("COMPLETED!", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Plots are ready", answer.Output, StringComparison.Ordinal);
        var first = Path.Combine(host.Data, "users/event_display/Data2018/Beam/321/321177/StreamExpress");
        var second = Path.Combine(host.Data, "users/event_display/Data2024/Beam/386/386509/StreamExpress");
        foreach (var name in new[] { "QTestAlarm", "NumberOfOfffTrackCluster_autoscale", "num_clusters", "PXForward_Ring2_coded", "MergedOccupancyDeadROC_BPix_Layer4_TBM" })
        {
            var (one, two) = (await PngAsync(first, name), await PngAsync(second, name));
            Assert.Equal((1200, 600), (one.Width, one.Height));
            Assert.True(one.Colours >= 4, $"{name} has {one.Colours} colours");
            Assert.False(one.Pixels.AsSpan().SequenceEqual(two.Pixels), $"{name} is the same for two runs");
        }

        foreach (var list in new[] { "QualityTest_run321177.txt", "TopModulesList.log", "PCLBadComponents.log", "PixZeroOccROCs_run321177.txt", "minmax.out" })
            Assert.True(new FileInfo(Path.Combine(first, list)).Length > 20, list);
    }

    [Fact]
    public async Task Cosmics_go_to_their_own_folder_and_the_same_run_gives_the_same_map()
    {
        var script = Path.Combine(host.TkMaps, "CMSSW_13_0_3", "tkmapsFromCertHelper.sh");
        var file = Path.Combine(host.Data, "users/event_display/Data2018/Cosmics/321/321165/Cosmics/NumberOfDigi.png");

        Assert.Equal(2, (await TrackerHostServer.RunAsync("bash", script, "Cosmics", "321165")).ExitCode);
        var before = await File.ReadAllBytesAsync(file, Stop);
        Assert.Equal(2, (await TrackerHostServer.RunAsync("bash", script, "Cosmics", "321165")).ExitCode);

        Assert.Equal(before, await File.ReadAllBytesAsync(file, Stop));
    }

    [Theory]
    [InlineData("Nonsense 321177", 0, "Valid types: Cosmics, StreamExpress, StreamExpressCosmics, ZeroBias")]
    [InlineData("ZeroBias 321000", 2, "No DQM file available. Please check the Offline server")]
    [InlineData("ZeroBias 999", 2, "No DQM file available. Please check the Offline server")]
    [InlineData("ZeroBias 'x; touch /tmp/never'", 2, "is not a run number")]
    public async Task What_cannot_be_made_is_said_as_the_real_script_says_it(string arguments, int exitCode, string words)
    {
        var answer = await host.SshAsync($"bash '{host.TkMaps}/tkmapsFromCertHelper.sh' {arguments}");

        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Contains(words, answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("COMPLETED!", answer.Output, StringComparison.Ordinal);
        Assert.False(File.Exists("/tmp/never"));
    }

    [Fact]
    public async Task Occupancy_of_a_module_has_a_name_that_carries_its_arguments()
    {
        var folder = Path.Combine(host.Data, "users/event_display/ShiftRun3/SingleModuleOccupancy");

        var answer = await host.SshAsync($"bash '{folder}/singleModuleOccupancyCertHelper.sh' Run2018D StreamExpress 321177 369120277,470066761");

        Assert.Equal(0, answer.ExitCode);
        var names = Directory.GetFiles(Path.Combine(folder, "plots")).Select(path => Path.GetFileName(path)!).ToList();
        Assert.Equal(2, names.Count);
        Assert.All(names, name =>
        {
            // The example of the previous application.
            var match = Regex.Match(name, @"(?<arg2>\w+)_(\w+)__(\w+)__(\w+)_(\w+)_(?<arg3>\d+).png");
            Assert.Equal(("StreamExpress", "321177"), (match.Groups["arg2"].Value, match.Groups["arg3"].Value));
        });
        Assert.True((await PngAsync(Path.Combine(folder, "plots"), Path.GetFileNameWithoutExtension(names[0]))).Colours > 8);
    }

    [Fact]
    public async Task Talkative_script_keeps_a_copy_of_what_it_printed_and_keeps_its_pace()
    {
        var copy = Path.Combine(host.Folder, "copy.txt");
        var clock = Stopwatch.StartNew();

        var answer = await host.SshAsync($"'{host.Practice}/talkative.sh' 15000 10000 '{copy}'");

        Assert.Equal(0, answer.ExitCode);
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1.3), $"{clock.Elapsed} is too fast");
        var lines = answer.Output.Split('\n');
        Assert.Equal(15001, lines.Length);
        Assert.StartsWith("line 015000 ", lines[^2], StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(copy, Stop), answer.Bytes);
    }

    [Fact]
    public async Task Failing_and_quick_scripts_say_all_before_they_end()
    {
        var failing = await host.SshAsync($"'{host.Practice}/failing.sh'");
        var quick = await host.SshAsync($"'{host.Practice}/quick.sh'");

        Assert.Equal(3, failing.ExitCode);
        Assert.Contains("Begin Fatal Exception", failing.Errors, StringComparison.Ordinal);
        Assert.Equal((0, "first of three lines\nthird of three lines\n", "second of three lines\n"), (quick.ExitCode, quick.Output, quick.Errors));
    }

    [Fact]
    public async Task Odd_output_is_as_odd_as_it_says()
    {
        var open = await host.SshAsync($"'{host.Practice}/oddities.sh' no-newline");
        var wide = await host.SshAsync($"'{host.Practice}/oddities.sh' long-line");
        var broken = await host.SshAsync($"'{host.Practice}/oddities.sh' invalid-utf8");

        Assert.EndsWith("like this one", open.Output, StringComparison.Ordinal);
        Assert.Equal(1 << 20, wide.Output.Split('\n').Max(line => line.Length));
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(broken.Bytes));
    }

    [Fact]
    public async Task Hanging_script_is_deaf_until_it_is_killed()
    {
        using var session = host.Open($"exec '{host.Practice}/hanging.sh'");
        var line = await session.StandardOutput.ReadLineAsync(Stop);
        var id = int.Parse(Regex.Match(line!, @"process (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

        await TrackerHostServer.RunAsync("kill", "-TERM", Text(id));
        await Task.Delay(TimeSpan.FromSeconds(1.5), Stop);
        Assert.False(session.HasExited);
        await TrackerHostServer.RunAsync("kill", "-KILL", Text(id));

        await session.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }

    [Fact]
    public async Task Child_in_a_session_of_its_own_outlives_the_session_but_not_the_host()
    {
        await using var own = new TrackerHostServer();
        await own.InitializeAsync();
        var output = Path.Combine(own.Folder, "child.txt");
        var answer = await own.SshAsync($"'{own.Practice}/forking.sh' 60 > '{output}' 2>&1; cat '{output}'");
        using var hanging = own.Open($"'{own.Practice}/hanging.sh'");
        await hanging.StandardOutput.ReadLineAsync(Stop);
        Assert.Equal(0, answer.ExitCode);
        var before = new FileInfo(output).Length;
        await Task.Delay(TimeSpan.FromSeconds(1.5), Stop);
        Assert.True(new FileInfo(output).Length > before, "The child writes no more.");
        var server = own.ServerProcess;

        var code = await own.StopAsync();

        Assert.Equal(0, code);
        Assert.False(Processes.IsRunning(server), "sshd is still there");
        Assert.DoesNotContain(HostProcesses.With($"TRACKER_HOST_FOLDER={own.Folder}"), Processes.IsRunning);
        await hanging.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }

    [Fact]
    public async Task Keys_and_what_was_made_outlive_a_restart_also_after_a_kill()
    {
        await using var own = new TrackerHostServer();
        await own.InitializeAsync();
        var (host1, client1, server) = (own.HostKey, await File.ReadAllTextAsync(own.ClientKey, Stop), own.ServerProcess);
        await File.WriteAllTextAsync(Path.Combine(own.Data, "made.txt"), "made", Stop);
        own.Process.Kill();
        await own.Process.WaitForExitAsync(Stop);

        await own.StartAsync();

        Assert.Equal((host1, client1), (own.HostKey, await File.ReadAllTextAsync(own.ClientKey, Stop)));
        Assert.Equal("made", (await own.SshAsync($"cat '{own.Data}/made.txt'")).Output);
        Assert.NotEqual(server, own.ServerProcess);
        Assert.False(Processes.IsRunning(server), "the first sshd is still there");
    }

    [Fact]
    public async Task Sshd_that_is_killed_ends_the_process_so_that_it_is_started_again()
    {
        await using var own = new TrackerHostServer();
        await own.InitializeAsync();

        await TrackerHostServer.RunAsync("kill", "-KILL", Text(own.ServerProcess));
        await own.Process.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);

        Assert.Equal(1, own.Process.ExitCode);
    }

    [Fact]
    public async Task Without_an_sshd_it_says_so_in_one_line_and_waits()
    {
        await using var own = new TrackerHostServer { Server = "/there/is/no/sshd" };
        await own.InitializeAsync();

        Assert.Equal(TrackerHostVerb.Missing, own.Log.Trim());
        Assert.False(own.Process.HasExited);
        Assert.Equal(0, await own.StopAsync());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task<PngFile> PngAsync(string folder, string name) => PngFile.ReadAsync(Path.Combine(folder, name + ".png"));
}
