using Certhelper.Core.Scripts;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Storage;

/// <summary>The scripts that a new installation knows: those of the previous application whose arguments are known.</summary>
public static class ScriptSeed
{
    private const string Maps = "{root}/users/event_display";

    private static readonly (string Key, string Title, ScriptDefinition Definition)[] Known =
    [
        ("tracker-maps", "Tracker maps", new ScriptDefinition
        {
            Help = """
                Makes the maps of the strip and pixel detectors of one or more runs from their DQM files. It takes **5 to 30 minutes
                for each run**. The maps appear on the page of the run, beside the certify form, and under [Maps](/maps).

                *No DQM file available* means that the file is not ready yet: run it again later.
                """,
            Host = "vocms066",
            Credential = "vocms066",
            Authentication = ScriptAuthentication.Password,
            Directory = "{root}/users/event_display/ShiftRun3/TkMapGeneration/CMS*",
            Command = "bash tkmapsFromCertHelper.sh",
            Arguments =
            [
                new() { Name = "type", Label = "Type of data", Kind = ScriptArgumentKind.Choice, Choices = [.. TrackerMapRule.Types], Default = "StreamExpress", Help = "StreamExpress for express, ZeroBias for prompt; Cosmics likewise." },
                new() { Name = "runs", Label = "Runs", Kind = ScriptArgumentKind.RunList, Max = 20, Help = "380115-380118, 380200" },
            ],
            Outputs =
            [
                new() { Directory = Maps + "/Data20*/*/{run/1000}/{run}/{type}", Pattern = @"\.png$", Kind = ScriptOutputKind.Image, Description = "Tracker maps", TrackerMaps = true },
                new() { Directory = Maps + "/Data20*/*/{run/1000}/{run}/{type}", Pattern = @"(QualityTest_run\d+\.txt|TopModulesList\.log|PCLBadComponents\.log|PixZeroOccROCs_run\d+\.txt|minmax\.out)$", Kind = ScriptOutputKind.Text, Description = "Lists of modules" },
            ],
            // The script's own code means nothing: it ends with 2 when all is well.
            Success = new() { ExitCodes = [], Pattern = "COMPLETED!|Plots are ready", NeedsFiles = true },
            TimeLimitMinutes = 600,
            Side = 1,
        }),
        ("single-module-occupancy", "Single module occupancy", new ScriptDefinition
        {
            Help = "Draws the occupancy of single strip modules of one run.",
            Host = "vocms066",
            Credential = "vocms066",
            Authentication = ScriptAuthentication.Password,
            Directory = "{root}/users/event_display/ShiftRun3/SingleModuleOccupancy",
            Command = "bash singleModuleOccupancyCertHelper.sh",
            Arguments =
            [
                new() { Name = "period", Label = "Period", Kind = ScriptArgumentKind.Text, Pattern = "[A-Za-z0-9]+", Default = "Run2024", Help = "As in Run2024" },
                new() { Name = "reco", Label = "Reconstruction", Kind = ScriptArgumentKind.Choice, Choices = ["StreamExpress", "ZeroBias", "StreamExpressCosmics", "Cosmics"], Default = "StreamExpress" },
                new() { Name = "run", Label = "Run", Kind = ScriptArgumentKind.Integer, Min = 1, Max = 999_999 },
                new() { Name = "modules", Label = "Modules", Kind = ScriptArgumentKind.Text, Pattern = "[0-9]{9}([ ,][0-9]{9})*", Help = "Detector ids such as 369157164, separated by commas" },
            ],
            Outputs = [new() { Directory = "{root}/users/event_display/ShiftRun3/SingleModuleOccupancy/plots", Pattern = @"(?P<arg2>\w+)_(\w+)__(\w+)__(\w+)_(\w+)_(?P<arg3>\d+)\.png", Kind = ScriptOutputKind.Image, Description = "Occupancy" }],
            Success = new() { ExitCodes = [0] },
            TimeLimitMinutes = 60,
            Side = 2,
        }),
    ];

    /// <summary>Idempotent; never changes what an administrator has changed.</summary>
    public static async Task AddMissingAsync(CerthelperDbContext db, bool practice, TimeProvider time, CancellationToken cancellationToken)
    {
        var present = (await db.Scripts.Select(script => script.Key).ToListAsync(cancellationToken)).ToHashSet();
        var position = present.Count * 10;
        foreach (var (key, title, definition) in practice ? [.. Known.Select(Here), .. PracticeScripts.All] : Known)
        {
            position += 10;
            if (present.Contains(key)) continue;
            var script = new Script { Key = key, Title = title, Position = position };
            script.Versions.Add(new ScriptVersion { Number = 1, Definition = definition, CreatedAt = time.GetUtcNow() });
            db.Scripts.Add(script);
        }
    }

    /// <summary>The stand-in host lets nobody in by password.</summary>
    private static (string Key, string Title, ScriptDefinition Definition) Here((string Key, string Title, ScriptDefinition Definition) script) =>
        script with { Definition = script.Definition with { Authentication = ScriptAuthentication.PrivateKey } };
}
