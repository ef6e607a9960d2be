using Certhelper.Core.Certification;
using Certhelper.Core.Checklists;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.Checklists;

/// <summary>One item with what was said to it.</summary>
/// <param name="Item">What is asked.</param>
/// <param name="Name">Name of its fields up to the last dot: <c>Input.Answers[general:look]</c>.</param>
/// <param name="Answer">As it was typed.</param>
/// <param name="Error">What is wrong with it; null when nothing is.</param>
public sealed record ItemOnForm(ChecklistItem Item, string Name, AnswerInput Answer, string? Error)
{
    /// <summary>Where links to the item lead.</summary>
    public string Id => TagBuilder.CreateSanitizedId(Name, "_");

    public bool IsAnswered => AnswerRules.Read(Item, Answer) is AnswerReading.Given;

    /// <summary>The choices, and the one that was chosen from an earlier version.</summary>
    public IEnumerable<string> Choices => string.IsNullOrEmpty(Answer.Value) || Item.Choices.Contains(Answer.Value)
        ? Item.Choices
        : Item.Choices.Append(Answer.Value);
}

/// <summary>A checklist as the form shows it.</summary>
public sealed record ChecklistOnForm(AskedChecklist List, IReadOnlyList<(ChecklistGroup Group, IReadOnlyList<ItemOnForm> Items)> Groups)
{
    public string Id => "checklist-" + List.Key;

    public int Total => Groups.Sum(group => group.Items.Count);

    public int Answered => All.Count(item => item.IsAnswered);

    public bool IsDone => All.All(item => item.Error is null && (item.IsAnswered || !item.Item.Required));

    public bool HasErrors => All.Any(item => item.Error is not null);

    private IEnumerable<ItemOnForm> All => Groups.SelectMany(group => group.Items);

    /// <param name="lists">What is asked.</param>
    /// <param name="input">What was answered.</param>
    /// <param name="error">What is wrong with a field of the form; null when nothing is.</param>
    public static IReadOnlyList<ChecklistOnForm> Of(IEnumerable<AskedChecklist> lists, CertificationInput input, Func<string, string?> error)
    {
        return [.. lists.Select(list => new ChecklistOnForm(list, [.. list.Content.Groups.Select(group => (group, Items(list, group)))]))];

        IReadOnlyList<ItemOnForm> Items(AskedChecklist list, ChecklistGroup group) =>
        [
            .. group.Items.Select(item =>
            {
                var key = list.KeyOf(item);
                var name = $"Input.{nameof(input.Answers)}[{key}]";
                return new ItemOnForm(item, name, input.Answers.GetValueOrDefault(key) ?? new AnswerInput(), AtItem(error(name), ChecklistDesk.NameOf(list.Title, item)));
            }),
        ];

        // Beside the item its name need not be said again.
        static string? AtItem(string? message, string name) => message is null || !message.StartsWith(name, StringComparison.Ordinal)
            ? message
            : char.ToUpperInvariant(message[name.Length]) + message[(name.Length + 1)..];
    }
}
