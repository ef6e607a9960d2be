namespace Certhelper.Core.Storage;

/// <summary>Makes text from outside fit its column: PostgreSQL refuses NUL characters and text that is too long.</summary>
internal static class Texts
{
    /// <summary>Default width of a text column.</summary>
    public const int Width = 500;

    /// <summary>The text without NUL characters, cut at the column's width.</summary>
    public static string Fit(string text, int width = Width)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length <= width ? clean : clean[..width];
    }

    /// <summary>The same, with null for what is empty.</summary>
    public static string? FitOrNull(string? text, int width = Width) =>
        string.IsNullOrWhiteSpace(text) ? null : Fit(text.Trim(), width);
}
