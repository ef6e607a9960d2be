using System.Globalization;
using System.Text.RegularExpressions;

namespace Certhelper.Core.Scripts;

/// <summary>A folder to look into.</summary>
/// <param name="Path">Absolute, or below the home when it begins with <c>~</c>; segments may hold <c>*</c> and <c>?</c>.</param>
/// <param name="Run">The run whose files are there; null when the folder says nothing of one.</param>
public sealed record OutputFolder(string Path, int? Run);

/// <summary>Which files of a host belong to an execution.</summary>
public static partial class OutputRule
{
    /// <summary>Names between braces.</summary>
    public static IEnumerable<string> Placeholders(string directory) => Placeholder().Matches(directory).Select(match => match.Groups[1].Value);

    public static bool IsKnown(string name, ScriptDefinition definition) =>
        name is "root" || definition.Arguments.Exists(argument => argument.Name == name || (name is "run" or "run/1000" && argument.Kind == ScriptArgumentKind.RunList));

    /// <summary>The folders of one output for what was given: one for each run where the folder names the run.</summary>
    public static IEnumerable<OutputFolder> Folders(ScriptOutput output, IReadOnlyDictionary<string, string> values, IReadOnlyList<int> runs, string root)
    {
        // {run} may also be an argument of this name that is no run list.
        var ofRuns = Placeholders(output.Directory).Any(name => name is "run" or "run/1000") && (runs.Count > 0 || !values.ContainsKey("run"));
        if (!ofRuns)
        {
            yield return new OutputFolder(Fill(output.Directory, values, null, root), runs.Count == 1 ? runs[0] : null);
            yield break;
        }

        foreach (var run in runs) yield return new OutputFolder(Fill(output.Directory, values, run, root), run);
    }

    /// <summary>
    /// Whether a file's name belongs to what was given: the pattern is found in it, and each group that is named after an
    /// argument (<c>arg1</c> is the first positional one) equals it. Of a run list, any run will do.
    /// </summary>
    public static bool Belongs(Regex pattern, string fileName, ScriptDefinition definition, IReadOnlyDictionary<string, string> values)
    {
        Match match;
        try
        {
            match = pattern.Match(fileName);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }

        return match.Success && match.Groups.Values.All(group => !group.Success || Agrees(group, definition, values));
    }

    /// <summary>The run that a file's name gives in a group named after the run list; null when it gives none.</summary>
    public static int? RunOf(Regex pattern, string fileName, ScriptDefinition definition)
    {
        var match = pattern.Match(fileName);
        var group = match.Groups.Values.FirstOrDefault(group => group.Success && ArgumentOf(group.Name, definition) is { Kind: ScriptArgumentKind.RunList });
        return group is not null && int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var run) ? run : null;
    }

    private static bool Agrees(Group group, ScriptDefinition definition, IReadOnlyDictionary<string, string> values)
    {
        if (ArgumentOf(group.Name, definition) is not { } argument)
        {
            // arg9 of a script with two arguments can agree with nothing; any other name is the administrator's own.
            return !ArgumentNumber().IsMatch(group.Name);
        }

        if (!values.TryGetValue(argument.Name, out var given)) return group.Value.Length == 0;
        return argument.Kind == ScriptArgumentKind.RunList ? given.Split(", ").Contains(group.Value) : given == group.Value;
    }

    private static ScriptArgument? ArgumentOf(string group, ScriptDefinition definition)
    {
        if (ArgumentNumber().Match(group) is { Success: true } number)
        {
            var place = int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
            return definition.Arguments.Where(argument => argument.Keyword.Length == 0).ElementAtOrDefault(place - 1);
        }

        return definition.Arguments.Find(argument => argument.Name == group || argument.Keyword.Replace('-', '_') == group);
    }

    private static string Fill(string directory, IReadOnlyDictionary<string, string> values, int? run, string root) => Placeholder().Replace(directory, match => match.Groups[1].Value switch
    {
        "root" => root,
        "run" when run is { } number => number.ToString(CultureInfo.InvariantCulture),
        "run/1000" when run is { } number => (number / 1000).ToString(CultureInfo.InvariantCulture),
        // A value must not lead into another folder.
        var name => (values.GetValueOrDefault(name) ?? "").Replace('/', '_').Replace("..", "__", StringComparison.Ordinal),
    });

    [GeneratedRegex(@"\{([a-z0-9_/]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\Aarg([1-9][0-9]?)\z")]
    private static partial Regex ArgumentNumber();
}
