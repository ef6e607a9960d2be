using System.Globalization;
using Certhelper.Core.Checklists;
using Certhelper.Core.Storage;

namespace Certhelper.Tests.Checklists;

/// <summary>Answers to everything that the seeded checklists require.</summary>
internal static class GoodAnswers
{
    /// <summary>For <see cref="Certhelper.Core.Certification.CertificationInput.Answers"/>.</summary>
    public static Dictionary<string, AnswerInput> All() => Required()
        .ToDictionary(pair => pair.Key, pair => new AnswerInput { Value = ValueOf(pair.Item) });

    /// <summary>The same as fields of the certify form.</summary>
    public static IEnumerable<(string Name, string? Value)> Fields() => Required().Select(pair => (FieldOf(pair.Key), (string?)ValueOf(pair.Item)));

    /// <summary>The form's field of one answer.</summary>
    public static string FieldOf(string key, string part = "Value") => $"Input.Answers[{key}].{part}";

    private static IEnumerable<(string Key, ChecklistItem Item)> Required() =>
        ChecklistSeed.Lists.Where(list => list.OnForm).SelectMany(list => list.Content.Groups
            .SelectMany(part => part.Items)
            .Where(item => item.Required)
            .Select(item => (AskedChecklist.KeyOf(list.Key, item.Key), item)));

    private static string ValueOf(ChecklistItem item) => item.Kind switch
    {
        ChecklistItemKind.Tick => AnswerRules.Yes,
        ChecklistItemKind.Number => (item.Min ?? 0).ToString(CultureInfo.InvariantCulture),
        ChecklistItemKind.Choice => item.Choices[0],
    };
}
