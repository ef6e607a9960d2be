using Certhelper.Core.Scripts;

namespace Certhelper.Core.Storage;

/// <summary>Scripts of the stand-in host, to see how executions behave: slow, failing, talkative, hanging, forking.</summary>
internal static class PracticeScripts
{
    public static (string Key, string Title, ScriptDefinition Definition)[] All { get; } =
    [
        Of("practice-slow", "Practice: slow", "slow.sh", "Prints a line with a percentage every second.", Number("seconds", "Seconds", "30", 3_600)),
        Of("practice-failing", "Practice: failing", "failing.sh", "Complains and ends with exit code 3."),
        Of("practice-talkative", "Practice: talkative", "talkative.sh", "Prints many numbered lines.", Number("lines", "Lines", "10000", 5_000_000), Number("rate", "Lines a second", "1000", 100_000)),
        Of("practice-hanging", "Practice: hanging", "hanging.sh", "Prints a line and then hangs, deaf to TERM."),
        Of("practice-forking", "Practice: forking", "forking.sh", "Ends, and leaves a process behind that writes on."),
        Of("practice-quick", "Practice: quick", "quick.sh", "Is over before anybody looks."),
        Of("practice-oddities", "Practice: oddities", "oddities.sh", "Output that is hard to show.", new ScriptArgument
        {
            Name = "what", Label = "What", Kind = ScriptArgumentKind.Choice, Choices = ["no-newline", "long-line", "invalid-utf8", "colours", "progress", "crlf", "silent"], Default = "colours",
        }),
    ];

    private static (string Key, string Title, ScriptDefinition Definition) Of(string key, string title, string file, string help, params ScriptArgument[] arguments) => (key, title, new ScriptDefinition
    {
        Help = help + " It is here to try out how executions behave; it makes nothing.",
        Host = "vocms066",
        Credential = "vocms066",
        Authentication = ScriptAuthentication.PrivateKey,
        Directory = "{root}/practice",
        Command = "bash " + file,
        Arguments = [.. arguments],
        TimeLimitMinutes = 60,
        Side = 20,
    });

    private static ScriptArgument Number(string name, string label, string value, long most) => new()
    {
        Name = name,
        Label = label,
        Kind = ScriptArgumentKind.Integer,
        Default = value,
        Min = 1,
        Max = most,
    };
}
