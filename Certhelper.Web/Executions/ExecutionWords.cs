using System.Globalization;
using Certhelper.Core.Scripts;
using Certhelper.Web.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Certhelper.Web.Executions;

/// <summary>How pages say and draw what executions and scripts are.</summary>
public static class ExecutionWords
{
    private const string Nothing = "without values";

    public static StatusKind Kind(ExecutionState state) => state switch
    {
        ExecutionState.Waiting => StatusKind.Waiting,
        ExecutionState.Running or ExecutionState.Collecting => StatusKind.Running,
        ExecutionState.Succeeded => StatusKind.Good,
        ExecutionState.Failed or ExecutionState.TimedOut => StatusKind.Bad,
        ExecutionState.Stopped => StatusKind.Excluded,
        ExecutionState.Lost => StatusKind.Unknown,
    };

    public static string Url(long id) => FormattableString.Invariant($"/executions/{id}");

    public static string ScriptUrl(string key) => "/scripts/" + key;

    /// <summary>The form of a script with these values in it.</summary>
    public static string FormUrl(string key, IReadOnlyDictionary<string, string> values) =>
        QueryHelpers.AddQueryString(ScriptUrl(key), values.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));

    /// <summary>What was given, in a line: <c>StreamExpress · 380115, 380116</c>.</summary>
    public static string Given(ExecutionKind kind, IReadOnlyDictionary<string, string> values) =>
        kind == ExecutionKind.ConnectionTest ? "test of the connection" : values.Count == 0 ? Nothing : string.Join(" · ", values.Values);

    /// <summary>The same, in the order of the form.</summary>
    public static string Given(ScriptDefinition definition, Dictionary<string, string> values) => values.Count == 0
        ? Nothing
        : string.Join(" · ", definition.Arguments.Select(argument => values.GetValueOrDefault(argument.Name)).OfType<string>());

    /// <summary>How long: <c>12 s</c>, <c>4 min 05 s</c>, <c>1 h 12 min</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)span.TotalSeconds)} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds:00} s"),
        { Minutes: 0 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} min"),
    };

    /// <summary>How much: <c>840 B</c>, <c>12.4 kB</c>, <c>3.1 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
    };

    /// <summary>The first sentence of a help text, without marks.</summary>
    public static string Gist(string help)
    {
        var paragraph = help.Split("\n\n")[0].ReplaceLineEndings(" ").Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim();
        var end = paragraph.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? paragraph : paragraph[..(end + 1)];
    }

    /// <summary>What a value must be like, in words; empty when anything will do.</summary>
    public static string Limits(ScriptArgument argument) => argument.Kind switch
    {
        ScriptArgumentKind.Integer => (argument.Min, argument.Max) switch
        {
            ({ } least, { } most) => $"A whole number from {Number(least)} to {Number(most)}.",
            ({ } least, null) => $"A whole number, at least {Number(least)}.",
            (null, { } most) => $"A whole number, at most {Number(most)}.",
            _ => "A whole number.",
        },
        ScriptArgumentKind.RunList => $"Run numbers and ranges, at most {Number(Math.Min(argument.Max ?? ArgumentRules.MostRuns, ArgumentRules.MostRuns))} runs.",
        ScriptArgumentKind.Text when argument.Max is { } most => $"At most {Number(most)} characters.",
        _ => "",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
