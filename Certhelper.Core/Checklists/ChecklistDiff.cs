using Certhelper.Core.Runs;

namespace Certhelper.Core.Checklists;

/// <summary>How a line of one version stands to the other.</summary>
public enum DiffKind
{
    Same,
    Added,
    Removed,
}

/// <summary>One line of a comparison.</summary>
public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>Two versions of a checklist, line by line.</summary>
public static class ChecklistDiff
{
    /// <summary>What was taken out and what was put in, in order.</summary>
    public static IReadOnlyList<DiffLine> Between(ChecklistContent before, ChecklistContent after)
    {
        var old = Lines(before);
        var now = Lines(after);
        // Length of the longest common rest, from each pair of places on.
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<DiffLine> lines = [];
        var (a, b) = (0, 0);
        while (a < old.Count || b < now.Count)
        {
            if (a < old.Count && b < now.Count && old[a] == now[b])
            {
                lines.Add(new DiffLine(DiffKind.Same, old[a++]));
                b++;
            }
            else if (b == now.Count || (a < old.Count && common[a + 1, b] >= common[a, b + 1])) lines.Add(new DiffLine(DiffKind.Removed, old[a++]));
            else lines.Add(new DiffLine(DiffKind.Added, now[b++]));
        }

        return lines;
    }

    private static List<string> Lines(ChecklistContent content) =>
    [
        .. Text(content.Description),
        "Asked for: " + Where(content),
        .. content.Groups.SelectMany(group => Text(group.Title.Length == 0 ? "" : "## " + group.Title)
            .Concat(Text(group.Description))
            .Concat(group.Items.SelectMany(item => Text("• " + item.Text).Append("   " + Kind(item))))),
        .. Text(content.Afterword),
    ];

    /// <summary>Which certifications a version is asked for, in words.</summary>
    public static string Where(ChecklistContent content)
    {
        var reconstructions = content.Reconstructions.Count == 0 ? "every reconstruction" : string.Join(", ", content.Reconstructions.Order().Select(reconstruction => reconstruction.Title()));
        var types = content.RunTypes.Count == 0 ? "collisions and cosmics" : string.Join(" and ", content.RunTypes.Order()).ToLowerInvariant();
        return $"{reconstructions}, {types}";
    }

    /// <summary>How an item is answered, in words.</summary>
    public static string Kind(ChecklistItem item) => string.Join(", ", new[]
    {
        item.Kind switch
        {
            ChecklistItemKind.Tick => "tick",
            ChecklistItemKind.Number => "number" + (AnswerRules.Limits(item) is { } limits ? " " + limits : string.IsNullOrEmpty(item.Unit) ? "" : " in " + item.Unit),
            ChecklistItemKind.Choice => "one of: " + string.Join(" / ", item.Choices),
        },
        item.Required ? "required" : "optional",
        item.AllowsNotApplicable ? "may not apply" : null,
    }.OfType<string>());

    private static string[] Text(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
}
