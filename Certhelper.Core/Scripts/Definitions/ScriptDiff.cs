namespace Certhelper.Core.Scripts;

/// <summary>One thing that differs between two versions of a script.</summary>
/// <param name="What">The field, in words.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is not there any more.</param>
public sealed record ScriptChange(string What, string? Before, string? After);

/// <summary>Two versions of a script, field by field.</summary>
public static class ScriptDiff
{
    public static IReadOnlyList<ScriptChange> Between(ScriptDefinition before, ScriptDefinition after)
    {
        List<ScriptChange> changes = [];
        Compare(changes, "", ScriptWords.Host(before), ScriptWords.Host(after));
        Compare(changes, "", ScriptWords.Command(before), ScriptWords.Command(after));
        Arguments(changes, before.Arguments, after.Arguments);
        Outputs(changes, before.Outputs, after.Outputs);
        Compare(changes, "", ScriptWords.Limits(before), ScriptWords.Limits(after));
        Compare(changes, "", [new("Help", before.Help)], [new("Help", after.Help)]);
        return changes;
    }

    /// <summary>An argument is the same one as long as its name is.</summary>
    private static void Arguments(List<ScriptChange> changes, List<ScriptArgument> before, List<ScriptArgument> after)
    {
        foreach (var old in before)
        {
            var what = $"Argument {old.Name}";
            if (after.Find(argument => argument.Name == old.Name) is { } now) Compare(changes, what + ", ", ScriptWords.Of(old), ScriptWords.Of(now));
            else changes.Add(new ScriptChange(what, ScriptWords.Line(old), null));
        }

        changes.AddRange(after.Where(argument => !before.Exists(old => old.Name == argument.Name))
            .Select(argument => new ScriptChange($"Argument {argument.Name}", null, ScriptWords.Line(argument))));
        List<string> orderBefore = [.. before.Select(argument => argument.Name).Where(name => after.Exists(argument => argument.Name == name))];
        List<string> orderAfter = [.. after.Select(argument => argument.Name).Where(name => before.Exists(argument => argument.Name == name))];
        if (!orderBefore.SequenceEqual(orderAfter)) changes.Add(new ScriptChange("Order of the arguments", string.Join(", ", orderBefore), string.Join(", ", orderAfter)));
    }

    /// <summary>Outputs have no name: those that did not change are put aside, the others are compared in their order.</summary>
    private static void Outputs(List<ScriptChange> changes, List<ScriptOutput> before, List<ScriptOutput> after)
    {
        List<ScriptOutput> gone = [.. before];
        List<ScriptOutput> come = [.. after];
        foreach (var output in before)
        {
            if (come.Remove(output)) gone.Remove(output);
        }

        if (gone.Count == 0 && come.Count == 0 && !before.SequenceEqual(after))
            changes.Add(new ScriptChange("Order of the outputs", string.Join(", ", before.Select(ScriptWords.Name)), string.Join(", ", after.Select(ScriptWords.Name))));
        for (var i = 0; i < Math.Max(gone.Count, come.Count); i++)
        {
            if (i >= come.Count) changes.Add(new ScriptChange($"Output {ScriptWords.Name(gone[i])}", ScriptWords.Line(gone[i]), null));
            else if (i >= gone.Count) changes.Add(new ScriptChange($"Output {ScriptWords.Name(come[i])}", null, ScriptWords.Line(come[i])));
            else Compare(changes, $"Output {ScriptWords.Name(gone[i])}, ", ScriptWords.Of(gone[i]), ScriptWords.Of(come[i]));
        }
    }

    private static void Compare(List<ScriptChange> changes, string prefix, IReadOnlyList<ScriptFact> before, IReadOnlyList<ScriptFact> after) =>
        changes.AddRange(before.Zip(after).Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new ScriptChange(prefix + pair.First.What, pair.First.Value, pair.Second.Value)));
}
