using Certhelper.Standins;
using Certhelper.Standins.Generate;
using Certhelper.Standins.TrackerHost;
using Certhelper.Standins.TrackerHost.Maps;
using Microsoft.Extensions.Options;

if (args is ["generate", ..]) return Generator.Run(args);
if (args is ["host"]) return await TrackerHostVerb.RunAsync(Console.Out);
if (args is ["maps", ..]) return MapsVerb.Run(args);
if (args is ["occupancy", ..]) return MapsVerb.RunOccupancy(args);

try
{
    await StandinsHost.Create(args).RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    await Console.Error.WriteLineAsync("The stand-ins cannot start: " + string.Join(" ", exception.Failures));
    return 1;
}
catch (IOException exception)
{
    // A taken port, or a data folder that cannot be written.
    await Console.Error.WriteLineAsync("The stand-ins cannot start: " + exception.Message);
    return 1;
}
catch (UnauthorizedAccessException exception)
{
    await Console.Error.WriteLineAsync("The stand-ins cannot start: " + exception.Message);
    return 1;
}
