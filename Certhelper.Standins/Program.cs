using Certhelper.Standins;
using Certhelper.Standins.Generate;
using Microsoft.Extensions.Options;

if (args is ["generate", ..]) return Generator.Run(args);

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
