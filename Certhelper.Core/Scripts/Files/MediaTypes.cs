using System.Text;

namespace Certhelper.Core.Scripts;

/// <summary>What a file is, by its first bytes: names lie.</summary>
public static class MediaTypes
{
    public const string Unknown = "application/octet-stream";
    public const string Text = "text/plain";

    /// <summary>How many bytes are looked at.</summary>
    public const int Needed = 512;

    /// <summary>Images that a browser may show as such. SVG is not: it can hold scripts.</summary>
    public static bool IsImage(string mediaType) => mediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    /// <param name="start">The first bytes; all of them when the file is shorter.</param>
    public static string Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (start.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)) return "image/gif";
        if (start.Length > 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8)) return "image/webp";
        if (start.StartsWith("%PDF-"u8)) return "application/pdf";
        return IsText(start) ? Text : Unknown;
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var value in start)
            if (value is < 0x20 and not (0x09 or 0x0A or 0x0C or 0x0D or 0x1B)) return false;

        // The last character may be cut.
        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
        {
            try
            {
                _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(start[..^cut]);
                return true;
            }
            catch (DecoderFallbackException)
            {
                // Perhaps one byte less.
            }
        }

        return false;
    }
}
