using System.Globalization;

namespace Certhelper.Core.Scripts;

/// <summary>Whether an execution succeeded, and why not.</summary>
public static class SuccessRule
{
    /// <summary>Why the command itself failed; null when it did not. Files are looked for only after that.</summary>
    public static string? FailureOfCommand(ScriptSuccess success, int exitCode, bool patternFound)
    {
        if (success.ExitCodes.Count > 0 && !success.ExitCodes.Contains(exitCode))
            return string.Create(CultureInfo.InvariantCulture, $"It ended with exit code {exitCode}, where {string.Join(" or ", success.ExitCodes)} means success.");
        if (success.Pattern.Length > 0 && !patternFound) return $"Its output does not say “{success.Pattern}”, which is how success is recognised (exit code {exitCode.ToString(CultureInfo.InvariantCulture)}).";
        return null;
    }

    /// <summary>Why its files are not enough; null when they are.</summary>
    /// <param name="success">What was agreed.</param>
    /// <param name="missing">Outputs of which no new file was found, in words.</param>
    public static string? FailureOfFiles(ScriptSuccess success, IReadOnlyList<string> missing) =>
        success.NeedsFiles && missing.Count > 0 ? "It left no new file of " + string.Join("; ", missing) + "." : null;
}
