using System.Text.RegularExpressions;
using Certhelper.Core.Certification;

namespace Certhelper.Core.Checklists;

/// <summary>What a checklist must be like to be published. Fields are named from <see cref="ChecklistContent"/> on.</summary>
public static partial class ChecklistRules
{
    public const int TitleLength = 50;
    public const int TextLength = 1_000;
    public const int NoteLength = 500;

    /// <summary>More than this nobody does.</summary>
    public const int MostItems = 40;

    private const int ShortLength = 100;
    private const int UnitLength = 20;

    /// <param name="content">What is to be published; items without a key are new.</param>
    /// <param name="before">The version before; null for the first.</param>
    public static IReadOnlyList<FieldError> Check(ChecklistContent content, ChecklistContent? before)
    {
        List<FieldError> errors = [];
        var kinds = (before?.Groups ?? []).SelectMany(group => group.Items).ToDictionary(item => item.Key, item => item.Kind);
        HashSet<string> keys = [];
        Long(nameof(content.Description), content.Description, TextLength);
        Long(nameof(content.Afterword), content.Afterword, TextLength);
        var count = content.Groups.Sum(group => group.Items.Count);
        if (count == 0) Add("", "A checklist needs an item.");
        if (count > MostItems) Add("", $"A checklist has at most {MostItems} items: nobody does more.");
        for (var g = 0; g < content.Groups.Count; g++)
        {
            var group = content.Groups[g];
            Long($"Groups[{g}].Title", group.Title, ShortLength);
            Long($"Groups[{g}].Description", group.Description, TextLength);
            if (group.Items.Count == 0) Add($"Groups[{g}].Title", "This group has no item; add one or remove the group.");
            for (var i = 0; i < group.Items.Count; i++) Item($"Groups[{g}].Items[{i}].", group.Items[i]);
        }

        return errors;

        void Item(string at, ChecklistItem item)
        {
            if (string.IsNullOrWhiteSpace(item.Text)) Add(at + nameof(item.Text), "Say what is to be looked at.");
            Long(at + nameof(item.Text), item.Text, TextLength);
            if (item.Key.Length > 0 && (!KeyPattern().IsMatch(item.Key) || !keys.Add(item.Key))) Add(at + nameof(item.Text), "This item has lost its name; remove it and add it anew.");
            if (!Enum.IsDefined(item.Kind)) Add(at + nameof(item.Kind), "An item is a tick, a number or a choice.");
            else if (kinds.TryGetValue(item.Key, out var kind) && kind != item.Kind)
                Add(at + nameof(item.Kind), "An item stays of its kind, so that its answers can be compared. Remove it and add another.");
            if (item.Kind == ChecklistItemKind.Number && item.Min > item.Max) Add(at + nameof(item.Max), "The largest number is below the smallest.");
            Long(at + nameof(item.Unit), item.Unit, UnitLength);
            if (item.Kind != ChecklistItemKind.Choice) return;
            if (item.Choices.Distinct().Count() < 2) Add(at + nameof(item.Choices), "A choice needs at least two answers, one a line.");
            if (item.Choices.Exists(choice => choice.Length > ShortLength)) Add(at + nameof(item.Choices), "An answer is at most 100 characters long.");
        }

        void Long(string field, string? text, int length)
        {
            if (text?.Length > length) Add(field, FormattableString.Invariant($"At most {length} characters; these are {text.Length}."));
        }

        void Add(string field, string message) => errors.Add(new FieldError(field, message));
    }

    /// <summary>A name of its own for a new item, from its first words.</summary>
    /// <param name="text">What the item says.</param>
    /// <param name="used">Names of all items that the checklist ever had; the new one is added.</param>
    public static string NewKey(string text, ISet<string> used)
    {
        var words = NoLetters().Replace(ChecklistWords.Plain(text).ToLowerInvariant(), "-").Trim('-');
        var stem = words.Length == 0 ? "item" : words[..Math.Min(words.Length, 30)].Trim('-');
        var key = stem;
        for (var number = 2; !used.Add(key); number++) key = FormattableString.Invariant($"{stem}-{number}");
        return key;
    }

    /// <summary>Whether a checklist can have this short name: it is part of addresses.</summary>
    public static bool IsKey(string? key) => key is not null && key != "new" && key.Length <= 30 && KeyPattern().IsMatch(key);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,59}$")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetters();
}
