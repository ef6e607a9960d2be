using Microsoft.Extensions.Options;

namespace Certhelper.ServiceDefaults;

/// <summary>Turns a wrong configuration into one line that says which key to set, and exit code 1.</summary>
public static class StartupErrors
{
    /// <summary>Runs the process; anything but a configuration error goes through untouched.</summary>
    public static async Task<int> GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync("Certhelper cannot start: " + string.Join(" ", exception.Failures));
        }
        catch (InvalidOperationException exception) when (exception.Message.StartsWith("ConnectionStrings:", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync("Certhelper cannot start: " + exception.Message);
        }
        catch (ArgumentException exception) when (exception.Source is "Npgsql" or "System.Data.Common")
        {
            // Npgsql's own sentence can quote parts of the string, which holds a password: say only which key.
            await Console.Error.WriteLineAsync(
                "Certhelper cannot start: ConnectionStrings:certhelper cannot be read (example: Host=db;Database=certhelper;Username=certhelper;Password=…).");
        }

        return 1;
    }
}
