using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Certhelper.ServiceDefaults;

/// <summary>Turns a wrong configuration into one line that says which key to set, and exit code 1.</summary>
public static class StartupErrors
{
    /// <summary>
    /// Checks all options that are to be valid at start. Called before the host starts, because the host would write pages
    /// of stack traces beside the one line that helps.
    /// </summary>
    public static void CheckConfiguration(this IHost app) => app.Services.GetService<IStartupValidator>()?.Validate();

    /// <summary>Runs the process; anything but a configuration error goes through untouched.</summary>
    public static async Task<int> GuardAsync(Func<Task> run)
    {
        // Whoever forgets to say how long a pattern may search gets this; before anything searches.
        AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(2));
        try
        {
            await run();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            await SayAsync([exception]);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            await SayAsync(exception.InnerExceptions.Cast<OptionsValidationException>());
        }
        catch (InvalidOperationException exception) when (exception.Message.StartsWith("ConnectionStrings:", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync("Certhelper cannot start: " + exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync(
                $"Certhelper cannot start: {exception.Message} Stop what uses it, or set another one (example: ASPNETCORE_URLS=http://localhost:5085).");
        }
        catch (ArgumentException exception) when (exception.Source is "Npgsql" or "System.Data.Common")
        {
            // Npgsql's own sentence can quote parts of the string, which holds a password: say only which key.
            await Console.Error.WriteLineAsync(
                "Certhelper cannot start: ConnectionStrings:certhelper cannot be read (example: Host=db;Database=certhelper;Username=certhelper;Password=…).");
        }

        return 1;
    }

    // One wrong option can fail several options classes that are made from it.
    private static Task SayAsync(IEnumerable<OptionsValidationException> exceptions) => Console.Error.WriteLineAsync(
        "Certhelper cannot start: " + string.Join(" ", exceptions.SelectMany(exception => exception.Failures).Distinct()));
}
