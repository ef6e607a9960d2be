using Certhelper.Standins;

await StandinsHost.Create(args).RunAsync();
