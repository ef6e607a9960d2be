using Certhelper.Core.Certification;
using Certhelper.Core.Scripts;

namespace Certhelper.Web.Scripts.Definitions;

/// <summary>What a script would do with some values. Nothing is run, and no host is asked.</summary>
/// <param name="Folder">Where the command would run; null when it is the account's home.</param>
/// <param name="Line">The command line as a shell reads it; null when values are wrong.</param>
/// <param name="Places">Where files would be looked for, with their patterns.</param>
/// <param name="Errors">What is wrong with the values, by argument.</param>
public sealed record DryRun(string? Folder, string? Line, IReadOnlyList<DryRunPlace> Places, IReadOnlyList<FieldError> Errors)
{
    /// <param name="definition">A definition without mistakes.</param>
    /// <param name="values">By the argument's name.</param>
    /// <param name="root">What <c>{root}</c> means in this installation.</param>
    public static DryRun Of(ScriptDefinition definition, IReadOnlyDictionary<string, string?> values, string root)
    {
        var (given, errors) = ArgumentRules.Read(definition, values);
        if (given is null) return new DryRun(null, null, [], errors);
        var folder = definition.Directory.Replace("{root}", root, StringComparison.Ordinal);
        return new DryRun(
            folder.Length == 0 ? null : folder,
            ShellWords.Join([.. ShellWords.Split(definition.Command, out _), .. given.Words]),
            [.. definition.Outputs.SelectMany(output => OutputRule.Folders(output, given.Values, given.Runs, root).Select(place => new DryRunPlace(place.Path, output.Pattern)))],
            []);
    }

    /// <summary>The values that the form of a script would have at first.</summary>
    public static Dictionary<string, string?> Defaults(ScriptDefinition definition) =>
        definition.Arguments.ToDictionary(argument => argument.Name, argument => (string?)argument.Default);
}

/// <summary>One folder that would be looked into.</summary>
public sealed record DryRunPlace(string Folder, string Pattern);
