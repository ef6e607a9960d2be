using System.Text;

namespace Certhelper.Core.Scripts;

/// <summary>Words of a POSIX shell's command line: one way to write them, and one to read what an administrator typed.</summary>
public static class ShellWords
{
    /// <summary>
    /// The word between single quotes, in which a shell leaves everything as it is but the quote itself. Refuses NUL, which
    /// no word can hold.
    /// </summary>
    /// <exception cref="ArgumentException">The word holds NUL.</exception>
    public static string Quote(string word)
    {
        if (word.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A word of a command cannot hold the character NUL.", nameof(word));
        return "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>The words as one line, each of them quoted where it must be; for eyes and for the remote shell alike.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(word => IsPlain(word) ? word : Quote(word)));

    /// <summary>
    /// A folder in which <c>*</c> and <c>?</c> stay patterns and a leading <c>~</c> stays the home; everything else is quoted.
    /// </summary>
    public static string QuoteFolder(string folder)
    {
        var text = new StringBuilder();
        var rest = folder;
        if (folder == "~" || folder.StartsWith("~/", StringComparison.Ordinal))
        {
            text.Append("\"$HOME\"");
            rest = folder[1..];
        }

        var plain = new StringBuilder();
        foreach (var letter in rest)
        {
            if (letter is not ('*' or '?'))
            {
                plain.Append(letter);
                continue;
            }

            if (plain.Length > 0) text.Append(Quote(plain.ToString()));
            plain.Clear();
            text.Append(letter);
        }

        if (plain.Length > 0) text.Append(Quote(plain.ToString()));
        return text.ToString();
    }

    /// <summary>Reads words that are separated by spaces; single and double quotes keep spaces. Nothing is ever expanded.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="problem">What is wrong; null when nothing is.</param>
    public static IReadOnlyList<string> Split(string text, out string? problem)
    {
        problem = null;
        List<string> words = [];
        var word = new StringBuilder();
        var began = false;
        char? quote = null;
        foreach (var letter in text)
        {
            if (quote is { } open)
            {
                if (letter == open) quote = null;
                else word.Append(letter);
            }
            else if (letter is '\'' or '"')
            {
                (quote, began) = (letter, true);
            }
            else if (!char.IsWhiteSpace(letter))
            {
                word.Append(letter);
                began = true;
            }
            else if (began)
            {
                words.Add(word.ToString());
                word.Clear();
                began = false;
            }
        }

        if (began) words.Add(word.ToString());
        if (quote is not null) problem = "A quote is opened and not closed.";
        else if (words.Count == 0) problem = "Say which program is run.";
        return words;
    }

    private static bool IsPlain(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ':' or ',' or '=' or '+' or '@' or '%');
}
