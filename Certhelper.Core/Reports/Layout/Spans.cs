namespace Certhelper.Core.Reports;

/// <summary>Words in one look.</summary>
internal sealed record Span(string Text, bool Bold, string Colour);

/// <summary>Breaks words in several looks into lines.</summary>
internal static class SpanWrap
{
    public static IReadOnlyList<IReadOnlyList<Span>> Wrap(IReadOnlyList<Span> spans, double width, double size)
    {
        List<IReadOnlyList<Span>> lines = [];
        List<Span> line = [];
        var used = 0.0;
        foreach (var (word, look, space) in Words(spans))
        {
            if (word == "\n")
            {
                Break();
                continue;
            }

            var rest = word;
            while (true)
            {
                var gap = space && line.Count > 0 ? ReportFonts.Width(" ", size, look.Bold) : 0;
                var needs = ReportFonts.Width(rest, size, look.Bold);
                if (used + gap + needs <= width)
                {
                    Append(look with { Text = (gap > 0 ? " " : "") + rest });
                    used += gap + needs;
                    break;
                }

                if (line.Count > 0)
                {
                    Break();
                    continue;
                }

                // A word that is wider than a whole line is cut where it must be.
                var fits = 1;
                while (fits < rest.Length && ReportFonts.Width(rest[..(fits + 1)], size, look.Bold) <= width) fits++;
                Append(look with { Text = rest[..fits] });
                if (fits >= rest.Length)
                {
                    used = width;
                    break;
                }

                Break();
                rest = rest[fits..];
            }
        }

        if (line.Count > 0 || lines.Count == 0) Break();
        return lines;

        void Append(Span part)
        {
            if (line.Count > 0 && line[^1].Bold == part.Bold && line[^1].Colour == part.Colour) line[^1] = part with { Text = line[^1].Text + part.Text };
            else line.Add(part);
        }

        void Break()
        {
            lines.Add(line);
            line = [];
            used = 0;
        }
    }

    private static IEnumerable<(string Word, Span Look, bool Space)> Words(IReadOnlyList<Span> spans)
    {
        foreach (var span in spans)
        {
            var paragraphs = span.Text.ReplaceLineEndings("\n").Split('\n');
            for (var at = 0; at < paragraphs.Length; at++)
            {
                if (at > 0) yield return ("\n", span, false);
                var space = at == 0 && paragraphs[at].StartsWith(' ');
                foreach (var word in paragraphs[at].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                {
                    yield return (word, span, space);
                    space = true;
                }
            }
        }
    }
}
