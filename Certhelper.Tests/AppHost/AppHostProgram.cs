using System.Diagnostics;
using Certhelper.AppHost.LocalEngine;

namespace Certhelper.Tests.AppHost;

/// <summary>The app host as a program of its own, as <c>./certhelper</c> starts it.</summary>
internal static class AppHostProgram
{
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Runs to the end, which must come within a minute.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var command = Runtime.Command(Runtime.Self, arguments);
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        foreach (var (name, value) in environment) command.Environment[name] = value;
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, (await errors).TrimEnd('\n'));
    }
}
