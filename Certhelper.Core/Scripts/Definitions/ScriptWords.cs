using System.Globalization;
using Certhelper.Core.People;

namespace Certhelper.Core.Scripts;

/// <summary>One thing that a definition says.</summary>
public sealed record ScriptFact(string What, string Value);

/// <summary>Definitions in words: the same on the page that shows one and where two are compared.</summary>
public static class ScriptWords
{
    private const string None = "none";

    public static string Of(ScriptAuthentication authentication) => authentication switch
    {
        ScriptAuthentication.Password => "password",
        ScriptAuthentication.KeyboardInteractive => "keyboard-interactive",
        ScriptAuthentication.PrivateKey => "private key",
    };

    public static string Of(ScriptArgumentKind kind) => kind switch
    {
        ScriptArgumentKind.Integer => "whole number",
        ScriptArgumentKind.Text => "text",
        ScriptArgumentKind.Choice => "choice",
        ScriptArgumentKind.RunList => "run list",
    };

    public static string Of(ScriptOutputKind kind) => kind switch
    {
        ScriptOutputKind.Image => "image",
        ScriptOutputKind.Text => "text",
        ScriptOutputKind.Other => "other",
    };

    /// <summary>Host and port as they are said: <c>vocms066:22</c>.</summary>
    public static string Address(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    /// <summary>How it gets into the host.</summary>
    public static IReadOnlyList<ScriptFact> Host(ScriptDefinition definition) =>
    [
        new("Host", definition.Host),
        new("Port", Number(definition.Port)),
        new("Authentication", Of(definition.Authentication)),
        new("Credential", definition.Credential),
        new("Account", Or(definition.Account, "the one of the credential")),
    ];

    /// <summary>What is run there.</summary>
    public static IReadOnlyList<ScriptFact> Command(ScriptDefinition definition) =>
    [
        new("Folder", Or(definition.Directory, "the home of the account")),
        new("Command", definition.Command),
    ];

    /// <summary>When it is a success, and what limits it.</summary>
    public static IReadOnlyList<ScriptFact> Limits(ScriptDefinition definition) =>
    [
        new("Exit code of success", definition.Success.ExitCodes.Count == 0 ? "says nothing" : string.Join(", ", definition.Success.ExitCodes.Select(code => Number(code)))),
        new("Output of success", Or(definition.Success.Pattern, "says nothing")),
        new("Files of success", definition.Success.NeedsFiles ? "each output leaves at least one" : "say nothing"),
        new("Time limit", Minutes(definition.TimeLimitMinutes)),
        new("At the same time", Number(definition.Side) + (definition.SideArgument.Length > 0 ? $" for each value of {definition.SideArgument}" : "")),
        new("Tried again by itself", definition.Retries == 0 ? "never" : Times(definition.Retries)),
        new("Before it is tried again", Minutes(definition.RetryDelayMinutes)),
        new("Output kept", string.Create(CultureInfo.InvariantCulture, $"{definition.OutputLimitMegabytes} MB")),
        new("Run by", definition.Runners.Count == 0 ? "everybody who may run scripts" : string.Join(", ", definition.Runners.Order().Select(role => role.Title()))),
    ];

    /// <summary>Everything that is said of an argument, in a fixed order.</summary>
    public static IReadOnlyList<ScriptFact> Of(ScriptArgument argument) =>
    [
        new("label", argument.Label),
        new("kind", Of(argument.Kind)),
        new("handed over", Place(argument)),
        new("must be given", argument.Required ? "yes" : "no"),
        new("default", Or(argument.Default, None)),
        new("at least", Number(argument.Min) ?? None),
        new("at most", Number(argument.Max) ?? None),
        new("pattern", Or(argument.Pattern, None)),
        new("choices", Or(string.Join(", ", argument.Choices), None)),
        new("help", Or(argument.Help, None)),
    ];

    /// <summary>Everything that is said of an output, in a fixed order.</summary>
    public static IReadOnlyList<ScriptFact> Of(ScriptOutput output) =>
    [
        new("folder", output.Directory),
        new("pattern", output.Pattern),
        new("kind", Of(output.Kind)),
        new("description", Or(output.Description, None)),
        new("largest file", string.Create(CultureInfo.InvariantCulture, $"{output.MaxMegabytes} MB")),
        new("tracker maps", output.TrackerMaps ? "yes" : "no"),
    ];

    /// <summary>How its value reaches the command: by its place, or behind a keyword.</summary>
    public static string Place(ScriptArgument argument) => argument.Keyword.Length == 0
        ? "by its place"
        : argument.Separator == KeywordSeparator.Equals ? $"--{argument.Keyword}=…" : $"--{argument.Keyword} …";

    /// <summary>Which values are taken.</summary>
    public static string Limits(ScriptArgument argument) => argument.Kind switch
    {
        ScriptArgumentKind.Integer => Range(argument.Min, argument.Max, ""),
        ScriptArgumentKind.RunList => Range(argument.Min, Math.Min(argument.Max ?? ArgumentRules.MostRuns, ArgumentRules.MostRuns), " runs"),
        ScriptArgumentKind.Choice => string.Join(", ", argument.Choices),
        ScriptArgumentKind.Text => string.Create(CultureInfo.InvariantCulture, $"{(argument.Pattern.Length > 0 ? argument.Pattern : "one line")}, at most {Math.Min(argument.Max ?? ArgumentRules.LongestText, ArgumentRules.LongestText)} characters"),
    };

    /// <summary>An argument in one line.</summary>
    public static string Line(ScriptArgument argument) => string.Join(", ", new[]
    {
        argument.Label,
        Of(argument.Kind) + (Limits(argument) is { Length: > 0 } limits ? $" ({limits})" : ""),
        Place(argument),
        argument.Default.Length > 0 ? $"default {argument.Default}" : null,
        argument.Required ? null : "may be left empty",
    }.OfType<string>());

    /// <summary>An output in one line.</summary>
    public static string Line(ScriptOutput output) => $"{output.Pattern} in {output.Directory}, {Of(output.Kind)}{(output.TrackerMaps ? ", tracker maps" : "")}";

    /// <summary>What an output is called where several are told apart.</summary>
    public static string Name(ScriptOutput output) => Or(output.Description, output.Pattern);

    private static string Range(long? min, long? max, string unit) => (min, max) switch
    {
        (null, null) => "",
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}{unit}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"at most {most}{unit}"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}{unit}"),
    };

    private static string Minutes(int minutes) => minutes == 1 ? "1 minute" : string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes");

    private static string Times(int times) => times == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{times} times");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
