using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;

namespace Certhelper.Web.Scripts.Definitions;

/// <summary>
/// A script as it is typed: everything is text until it is saved, so that nothing typed is lost. Names follow
/// <see cref="ScriptDefinition"/>, so that its rules find their fields.
/// </summary>
public sealed class ScriptFields
{
    /// <summary>Only of a new one.</summary>
    public string? Key { get; set; }

    public string? Title { get; set; }

    public string? Position { get; set; }

    public string? Help { get; set; }

    public string? Host { get; set; }

    public string? Port { get; set; }

    public ScriptAuthentication Authentication { get; set; }

    public string? Credential { get; set; }

    public string? Account { get; set; }

    public string? Directory { get; set; }

    public string? Command { get; set; }

    public List<Argument> Arguments { get; set; } = [];

    public List<Output> Outputs { get; set; } = [];

    public Signs Success { get; set; } = new();

    public string? TimeLimitMinutes { get; set; }

    public string? Side { get; set; }

    public string? SideArgument { get; set; }

    public string? Retries { get; set; }

    public string? RetryDelayMinutes { get; set; }

    public string? OutputLimitMegabytes { get; set; }

    public List<Role> Runners { get; set; } = [];

    public string? Note { get; set; }

    /// <summary>By which success is recognised.</summary>
    public sealed class Signs
    {
        /// <summary>Numbers, separated by commas.</summary>
        public string? ExitCodes { get; set; }

        public string? Pattern { get; set; }

        public bool NeedsFiles { get; set; }
    }

    public sealed class Argument
    {
        public string? Name { get; set; }

        public string? Label { get; set; }

        public ScriptArgumentKind Kind { get; set; }

        public string? Keyword { get; set; }

        public KeywordSeparator Separator { get; set; }

        public string? Default { get; set; }

        public string? Help { get; set; }

        public bool Required { get; set; }

        public string? Min { get; set; }

        public string? Max { get; set; }

        public string? Pattern { get; set; }

        /// <summary>One a line.</summary>
        public string? Choices { get; set; }

        /// <summary>For the dry run; no part of the script.</summary>
        public string? Sample { get; set; }
    }

    public sealed class Output
    {
        public string? Directory { get; set; }

        public string? Pattern { get; set; }

        public ScriptOutputKind Kind { get; set; }

        public string? Description { get; set; }

        public string? MaxMegabytes { get; set; }

        public bool TrackerMaps { get; set; }
    }

    /// <summary>What a definition says.</summary>
    public static ScriptFields Of(ScriptDefinition definition) => new()
    {
        Help = definition.Help,
        Host = definition.Host,
        Port = Number(definition.Port),
        Authentication = definition.Authentication,
        Credential = definition.Credential,
        Account = definition.Account,
        Directory = definition.Directory,
        Command = definition.Command,
        Arguments = [.. definition.Arguments.Select(Of)],
        Outputs = [.. definition.Outputs.Select(Of)],
        Success = new()
        {
            ExitCodes = string.Join(", ", definition.Success.ExitCodes.Select(code => Number(code))),
            Pattern = definition.Success.Pattern,
            NeedsFiles = definition.Success.NeedsFiles,
        },
        TimeLimitMinutes = Number(definition.TimeLimitMinutes),
        Side = Number(definition.Side),
        SideArgument = definition.SideArgument,
        Retries = Number(definition.Retries),
        RetryDelayMinutes = Number(definition.RetryDelayMinutes),
        OutputLimitMegabytes = Number(definition.OutputLimitMegabytes),
        Runners = definition.Runners,
    };

    /// <summary>One of the buttons that add, move and take out: <c>argument-up:2</c>. What makes no sense does nothing.</summary>
    public void Apply(string act)
    {
        var parts = act.Split(':');
        var at = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        switch (parts[0])
        {
            case "argument-add":
                Arguments.Add(new Argument { Kind = ScriptArgumentKind.Text, Required = true });
                break;
            case "output-add":
                Outputs.Add(Of(new ScriptOutput()));
                break;
            case "argument-remove" when Has(Arguments, at):
                Arguments.RemoveAt(at);
                break;
            case "output-remove" when Has(Outputs, at):
                Outputs.RemoveAt(at);
                break;
            case "argument-up":
                Swap(Arguments, at, at - 1);
                break;
            case "argument-down":
                Swap(Arguments, at, at + 1);
                break;
            case "output-up":
                Swap(Outputs, at, at - 1);
                break;
            case "output-down":
                Swap(Outputs, at, at + 1);
                break;
        }
    }

    /// <summary>
    /// As it is to be saved, its place in the list, and everything that is wrong: what is no number, and what the rules say
    /// of the rest.
    /// </summary>
    public (ScriptDefinition Definition, int Position, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        var definition = new ScriptDefinition
        {
            Help = Text(Help),
            Host = Text(Host),
            Port = Needed(Port, nameof(Port)),
            Authentication = Authentication,
            Credential = Text(Credential),
            Account = Text(Account),
            Directory = Text(Directory),
            Command = Text(Command),
            Arguments = [.. Arguments.Select((argument, i) => ReadArgument(argument, $"Arguments[{i}]."))],
            Outputs = [.. Outputs.Select((output, i) => ReadOutput(output, $"Outputs[{i}]."))],
            Success = new() { ExitCodes = Codes(Success.ExitCodes), Pattern = Text(Success.Pattern), NeedsFiles = Success.NeedsFiles },
            TimeLimitMinutes = Needed(TimeLimitMinutes, nameof(TimeLimitMinutes)),
            Side = Needed(Side, nameof(Side)),
            SideArgument = Text(SideArgument),
            Retries = Needed(Retries, nameof(Retries)),
            RetryDelayMinutes = Needed(RetryDelayMinutes, nameof(RetryDelayMinutes)),
            OutputLimitMegabytes = Needed(OutputLimitMegabytes, nameof(OutputLimitMegabytes)),
            Runners = [.. Runners.Distinct().Order()],
        };
        var position = Optional(Position, nameof(Position)) ?? 0;
        if (position is < 0 or > 10_000) errors.Add(new FieldError(nameof(Position), "Between 0 and 10000."));
        var unread = errors.Select(error => error.Field).ToHashSet();
        errors.AddRange(DefinitionRules.Check(definition).Where(error => !unread.Contains(error.Field)));
        return (definition, (int)Math.Clamp(position, 0, 10_000), errors);

        int Needed(string? typed, string field)
        {
            if (int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            errors.Add(new FieldError(field, "A whole number is needed, of digits only."));
            return 0;
        }

        long? Optional(string? typed, string field)
        {
            if (string.IsNullOrWhiteSpace(typed)) return null;
            if (long.TryParse(typed.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
            errors.Add(new FieldError(field, "This is a whole number, of digits only, or nothing."));
            return null;
        }

        List<int> Codes(string? typed)
        {
            List<int> codes = [];
            foreach (var word in Text(typed).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code)) codes.Add(code);
                else errors.Add(new FieldError("Success.ExitCodes", $"“{word}” is no exit code: they are whole numbers from 0 to 255, separated by commas."));
            }

            return [.. codes.Distinct()];
        }

        ScriptArgument ReadArgument(Argument argument, string at)
        {
            var keyword = Text(argument.Keyword);
            // What belongs to another kind stays in its field, and does not come into the script.
            return new ScriptArgument
            {
                Name = Text(argument.Name),
                Label = Text(argument.Label),
                Kind = argument.Kind,
                Keyword = keyword,
                Separator = keyword.Length > 0 ? argument.Separator : KeywordSeparator.Space,
                Default = Text(argument.Default),
                Help = Text(argument.Help),
                Required = argument.Required,
                Min = argument.Kind is ScriptArgumentKind.Integer or ScriptArgumentKind.RunList ? Optional(argument.Min, at + nameof(argument.Min)) : null,
                Max = argument.Kind != ScriptArgumentKind.Choice ? Optional(argument.Max, at + nameof(argument.Max)) : null,
                Pattern = argument.Kind == ScriptArgumentKind.Text ? Text(argument.Pattern) : "",
                Choices = argument.Kind == ScriptArgumentKind.Choice
                    ? [.. Text(argument.Choices).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()]
                    : [],
            };
        }

        ScriptOutput ReadOutput(Output output, string at) => new()
        {
            Directory = Text(output.Directory),
            Pattern = Text(output.Pattern),
            Kind = output.Kind,
            Description = Text(output.Description),
            MaxMegabytes = Needed(output.MaxMegabytes, at + nameof(output.MaxMegabytes)),
            TrackerMaps = output.TrackerMaps,
        };
    }

    /// <summary>Values for the dry run: the sample, or else the default.</summary>
    public Dictionary<string, string?> Samples()
    {
        Dictionary<string, string?> values = [];
        foreach (var argument in Arguments) values[Text(argument.Name)] = string.IsNullOrWhiteSpace(argument.Sample) ? argument.Default : argument.Sample;
        return values;
    }

    // PostgreSQL refuses NUL characters, in JSON too.
    private static string Text(string? typed) => (typed ?? "").Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Argument Of(ScriptArgument argument) => new()
    {
        Name = argument.Name,
        Label = argument.Label,
        Kind = argument.Kind,
        Keyword = argument.Keyword,
        Separator = argument.Separator,
        Default = argument.Default,
        Help = argument.Help,
        Required = argument.Required,
        Min = argument.Min?.ToString(CultureInfo.InvariantCulture),
        Max = argument.Max?.ToString(CultureInfo.InvariantCulture),
        Pattern = argument.Pattern,
        Choices = string.Join('\n', argument.Choices),
    };

    private static Output Of(ScriptOutput output) => new()
    {
        Directory = output.Directory,
        Pattern = output.Pattern,
        Kind = output.Kind,
        Description = output.Description,
        MaxMegabytes = Number(output.MaxMegabytes),
        TrackerMaps = output.TrackerMaps,
    };

    private static bool Has<T>(List<T> list, int at) => at >= 0 && at < list.Count;

    private static void Swap<T>(List<T> list, int one, int other)
    {
        if (Has(list, one) && Has(list, other)) (list[one], list[other]) = (list[other], list[one]);
    }
}
