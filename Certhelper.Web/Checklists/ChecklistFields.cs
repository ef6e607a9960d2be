using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Certhelper.Core.Runs;

namespace Certhelper.Web.Checklists;

/// <summary>A checklist as it is typed: everything is text until it is published, so that nothing typed is lost.</summary>
public sealed class ChecklistFields
{
    public string? Title { get; set; }

    public Component? Component { get; set; }

    public bool OnForm { get; set; }

    public string? Position { get; set; }

    public List<Reconstruction> Reconstructions { get; set; } = [];

    public List<RunType> RunTypes { get; set; } = [];

    public string? Description { get; set; }

    public List<Group> Groups { get; set; } = [];

    public string? Afterword { get; set; }

    public string? Note { get; set; }

    public sealed class Group
    {
        public string? Title { get; set; }

        public string? Description { get; set; }

        public List<Item> Items { get; set; } = [];
    }

    public sealed class Item
    {
        /// <summary>Empty for a new one.</summary>
        public string? Key { get; set; }

        public string? Text { get; set; }

        public ChecklistItemKind Kind { get; set; }

        public bool Required { get; set; }

        public bool AllowsNotApplicable { get; set; }

        public string? Min { get; set; }

        public string? Max { get; set; }

        public string? Unit { get; set; }

        /// <summary>One a line.</summary>
        public string? Choices { get; set; }
    }

    /// <summary>What a checklist says now.</summary>
    public static ChecklistFields Of(Checklist list, ChecklistContent? content) => new()
    {
        Title = list.Title,
        Component = list.Component,
        OnForm = list.OnForm || content is null,
        Position = list.Position.ToString(CultureInfo.InvariantCulture),
        Reconstructions = content?.Reconstructions ?? [],
        RunTypes = content?.RunTypes ?? [],
        Description = content?.Description,
        Afterword = content?.Afterword,
        Groups = content is null
            ? [NewGroup()]
            : [.. content.Groups.Select(group => new Group { Title = group.Title, Description = group.Description, Items = [.. group.Items.Select(Of)] })],
    };

    /// <summary>One of the buttons that add, move and take out: <c>item-up:0:2</c>. What makes no sense does nothing.</summary>
    public void Apply(string act)
    {
        var parts = act.Split(':');
        var numbers = parts.Skip(1).Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        switch (parts[0], numbers)
        {
            case ("group-add", []):
                Groups.Add(NewGroup());
                break;
            case ("group-remove", [var g]) when Has(Groups, g):
                Groups.RemoveAt(g);
                break;
            case ("group-up", [var g]):
                Swap(Groups, g, g - 1);
                break;
            case ("group-down", [var g]):
                Swap(Groups, g, g + 1);
                break;
            case ("item-add", [var g]) when Has(Groups, g):
                Groups[g].Items.Add(NewItem());
                break;
            case ("item-remove", [var g, var i]) when Has(Groups, g) && Has(Groups[g].Items, i):
                Groups[g].Items.RemoveAt(i);
                break;
            case ("item-up", [var g, var i]) when Has(Groups, g):
                Swap(Groups[g].Items, i, i - 1);
                break;
            case ("item-down", [var g, var i]) when Has(Groups, g):
                Swap(Groups[g].Items, i, i + 1);
                break;
        }
    }

    /// <summary>As it is to be published, and what cannot be read as a number.</summary>
    public (ChecklistSettings Settings, ChecklistContent Content, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        var content = new ChecklistContent
        {
            Description = Text(Description),
            Afterword = Text(Afterword),
            Reconstructions = [.. Reconstructions.Distinct().Order()],
            RunTypes = [.. RunTypes.Distinct().Order()],
            Groups =
            [
                .. Groups.Select((group, g) => new ChecklistGroup
                {
                    Title = Text(group.Title),
                    Description = Text(group.Description),
                    Items = [.. group.Items.Select((item, i) => Read(item, $"Groups[{g}].Items[{i}]."))],
                }),
            ],
        };
        return (new ChecklistSettings(Title, Component, OnForm, (int)(Number(Position, nameof(Position), 0, 10_000) ?? 0)), content, errors);

        ChecklistItem Read(Item item, string at) => new()
        {
            Key = Text(item.Key),
            Text = Text(item.Text),
            Kind = item.Kind,
            Required = item.Required,
            AllowsNotApplicable = item.AllowsNotApplicable,
            Min = item.Kind == ChecklistItemKind.Number ? Number(item.Min, at + nameof(item.Min)) : null,
            Max = item.Kind == ChecklistItemKind.Number ? Number(item.Max, at + nameof(item.Max)) : null,
            Unit = item.Kind == ChecklistItemKind.Number && Text(item.Unit) is { Length: > 0 } unit ? unit : null,
            Choices = item.Kind == ChecklistItemKind.Choice
                ? [.. Text(item.Choices).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()]
                : [],
        };

        double? Number(string? typed, string field, double min = double.MinValue, double max = double.MaxValue)
        {
            if (string.IsNullOrWhiteSpace(typed)) return null;
            if (double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
            errors.Add(new FieldError(field, "This is not a number that can be here; write it like 0.5."));
            return null;
        }
    }

    // PostgreSQL refuses NUL characters, in JSON too.
    private static string Text(string? typed) => (typed ?? "").Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();

    private static Item Of(ChecklistItem item) => new()
    {
        Key = item.Key,
        Text = item.Text,
        Kind = item.Kind,
        Required = item.Required,
        AllowsNotApplicable = item.AllowsNotApplicable,
        Min = item.Min?.ToString(CultureInfo.InvariantCulture),
        Max = item.Max?.ToString(CultureInfo.InvariantCulture),
        Unit = item.Unit,
        Choices = string.Join('\n', item.Choices),
    };

    private static Group NewGroup() => new() { Items = [NewItem()] };

    private static Item NewItem() => new() { Required = true };

    private static bool Has<T>(List<T> list, int at) => at >= 0 && at < list.Count;

    private static void Swap<T>(List<T> list, int one, int other)
    {
        if (Has(list, one) && Has(list, other)) (list[one], list[other]) = (list[other], list[one]);
    }
}
