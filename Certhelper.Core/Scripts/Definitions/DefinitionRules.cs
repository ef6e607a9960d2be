using System.Globalization;
using System.Text.RegularExpressions;
using Certhelper.Core.Certification;

namespace Certhelper.Core.Scripts;

/// <summary>What a definition must be like to be used. Fields are named from <see cref="ScriptDefinition"/> on.</summary>
public static partial class DefinitionRules
{
    public const int TitleLength = 60;
    public const int NoteLength = 500;
    public const int HelpLength = 4_000;
    private const int TextLength = 500;
    private const int MostArguments = 20;
    private const int MostOutputs = 20;
    private const int LongestMinutes = 24 * 60;

    /// <summary>A short name for addresses; <c>new</c> is the address of the page that makes one.</summary>
    public static bool IsKey(string? key) => key is not null and not "new" && KeyPattern().IsMatch(key);

    public static IReadOnlyList<FieldError> Check(ScriptDefinition definition)
    {
        List<FieldError> errors = [];
        void Add(string field, string message) => errors.Add(new FieldError(field, message));
        void Between(string field, long value, long least, long most)
        {
            if (value < least || value > most) Add(field, string.Create(CultureInfo.InvariantCulture, $"Between {least} and {most}."));
        }

        void Text(string field, string value, int longest)
        {
            if (value.Length > longest) Add(field, string.Create(CultureInfo.InvariantCulture, $"At most {longest} characters."));
            else if (field != nameof(ScriptDefinition.Help) && value.Any(char.IsControl)) Add(field, "One line, please.");
        }

        void Pattern(string field, string pattern)
        {
            if (pattern.Length > 0 && Patterns.Problem(pattern) is { } problem) Add(field, problem);
        }

        Text(nameof(definition.Help), definition.Help, HelpLength);
        if (!HostPattern().IsMatch(definition.Host)) Add(nameof(definition.Host), "The name of the host, such as vocms066, or its number.");
        Between(nameof(definition.Port), definition.Port, 1, 65_535);
        if (!NamePattern().IsMatch(definition.Credential)) Add(nameof(definition.Credential), "The name under which the configuration has the account's secret, such as vocms066.");
        if (definition.Account.Length > 0 && !AccountPattern().IsMatch(definition.Account)) Add(nameof(definition.Account), "An account is of letters, digits, dots, dashes and underscores.");
        Text(nameof(definition.Directory), definition.Directory, TextLength);
        Text(nameof(definition.Command), definition.Command, TextLength);
        _ = ShellWords.Split(definition.Command, out var wrong);
        if (wrong is not null) Add(nameof(definition.Command), wrong);
        Between(nameof(definition.TimeLimitMinutes), definition.TimeLimitMinutes, 1, LongestMinutes);
        Between(nameof(definition.Side), definition.Side, 1, 50);
        if (definition.SideArgument.Length > 0 && definition.Arguments.TrueForAll(argument => argument.Name != definition.SideArgument))
            Add(nameof(definition.SideArgument), "There is no argument of this name.");
        Between(nameof(definition.Retries), definition.Retries, 0, 10);
        Between(nameof(definition.RetryDelayMinutes), definition.RetryDelayMinutes, 0, LongestMinutes);
        Between(nameof(definition.OutputLimitMegabytes), definition.OutputLimitMegabytes, 1, 1_000);
        Pattern("Success.Pattern", definition.Success.Pattern);
        if (definition.Success.NeedsFiles && definition.Outputs.Count == 0) Add("Success.NeedsFiles", "No files are expected; name them below.");
        if (definition.Success.ExitCodes.Count == 0 && definition.Success.Pattern.Length == 0 && !definition.Success.NeedsFiles)
            Add("Success.ExitCodes", "Say how success is recognised: by exit code, by a pattern in the output, or by files.");
        if (definition.Arguments.Count > MostArguments) Add("", string.Create(CultureInfo.InvariantCulture, $"At most {MostArguments} arguments."));
        if (definition.Outputs.Count > MostOutputs) Add("", string.Create(CultureInfo.InvariantCulture, $"At most {MostOutputs} outputs."));

        HashSet<string> names = [];
        for (var i = 0; i < definition.Arguments.Count; i++) Argument($"Arguments[{i}].", definition.Arguments[i]);
        for (var i = 0; i < definition.Outputs.Count; i++) Output($"Outputs[{i}].", definition.Outputs[i]);
        return errors;

        void Argument(string at, ScriptArgument argument)
        {
            if (!ArgumentPattern().IsMatch(argument.Name)) Add(at + "Name", "Small letters, digits and underscores, beginning with a letter; at most 30.");
            else if (!names.Add(argument.Name)) Add(at + "Name", "Another argument has this name.");
            if (argument.Label.Trim().Length == 0) Add(at + "Label", "Say what people are to give.");
            Text(at + "Label", argument.Label, 60);
            Text(at + "Help", argument.Help, 200);
            if (argument.Keyword.Length > 0 && !KeywordPattern().IsMatch(argument.Keyword)) Add(at + "Keyword", "Letters, digits, dashes and underscores, without the leading dashes.");
            if (argument.Min > argument.Max) Add(at + "Max", "The largest is smaller than the smallest.");
            Pattern(at + "Pattern", argument.Pattern);
            if (argument.Kind == ScriptArgumentKind.Choice)
            {
                if (argument.Choices.Count == 0) Add(at + "Choices", "Name at least one choice.");
                if (argument.Choices.Exists(choice => choice.Trim().Length == 0 || choice.Any(char.IsControl) || choice[0] == '-')) Add(at + "Choices", "A choice is one line that does not begin with a dash.");
            }

            if (errors.TrueForAll(error => !error.Field.StartsWith(at, StringComparison.Ordinal)) && ArgumentRules.ProblemOfDefault(argument) is { } problem) Add(at + "Default", problem);
        }

        void Output(string at, ScriptOutput output)
        {
            if (output.Directory.Trim().Length == 0) Add(at + "Directory", "Say in which folder the files are.");
            Text(at + "Directory", output.Directory, TextLength);
            Text(at + "Description", output.Description, 100);
            if (output.Pattern.Length == 0) Add(at + "Pattern", "A regular expression that is found in the names of the files.");
            Pattern(at + "Pattern", output.Pattern);
            Between(at + "MaxMegabytes", output.MaxMegabytes, 1, 200);
            foreach (var name in OutputRule.Placeholders(output.Directory).Where(name => !OutputRule.IsKnown(name, definition)))
                Add(at + "Directory", $"Nothing is known of {{{name}}}: use an argument's name, {{root}}, {{run}} or {{run/1000}}.");
            if (output.TrackerMaps && output.Kind != ScriptOutputKind.Image) Add(at + "TrackerMaps", "Tracker maps are images.");
            if (output.TrackerMaps && !definition.Arguments.Exists(argument => argument.Kind == ScriptArgumentKind.RunList)) Add(at + "TrackerMaps", "Tracker maps belong to runs: the script needs a run list.");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,29}\z")]
    private static partial Regex ArgumentPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,49}\z")]
    private static partial Regex KeywordPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.:-]{0,98}[A-Za-z0-9])?\z")]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,49}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9._-]{0,49}\z")]
    private static partial Regex AccountPattern();
}
