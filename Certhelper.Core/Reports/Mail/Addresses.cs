using MimeKit;

namespace Certhelper.Core.Reports;

/// <summary>Addresses of people as they are typed: separated by commas, semicolons, spaces or lines.</summary>
public static class Addresses
{
    private const int Most = 50;

    /// <summary>Reads them; the same one is kept once.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="problem">What is wrong, in words; null when nothing is.</param>
    public static IReadOnlyList<string> Read(string? text, out string? problem)
    {
        problem = null;
        List<string> read = [];
        foreach (var part in (text ?? "").Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            // Only a plain address: whatever else could be in a header is not asked for.
            if (part.Length > 200 || !MailboxAddress.TryParse(part, out var mailbox) || mailbox.Address != part || !mailbox.Domain.Contains('.', StringComparison.Ordinal))
            {
                problem = $"“{(part.Length > 60 ? part[..60] + "…" : part)}” is no e-mail address.";
                return [];
            }

            if (!read.Contains(part, StringComparer.OrdinalIgnoreCase)) read.Add(part);
        }

        if (read.Count > Most) problem = FormattableString.Invariant($"At most {Most} addresses; an e-group is one.");
        return read;
    }
}
