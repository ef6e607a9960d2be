using Certhelper.Core.Scripts;

namespace Certhelper.Web.Executions;

/// <summary>The line that a person would type on the host to do the same.</summary>
internal static class CommandLine
{
    /// <param name="definition">Whose folder it is.</param>
    /// <param name="words">The words of the command.</param>
    /// <param name="root">What <c>{root}</c> means here.</param>
    public static string Of(ScriptDefinition definition, IEnumerable<string> words, string root)
    {
        var folder = definition.Directory.Trim().Replace("{root}", root, StringComparison.Ordinal);
        var line = ShellWords.Join(words);
        return folder.Length == 0 ? line : $"cd {ShellWords.QuoteFolder(folder)} && {line}";
    }
}
