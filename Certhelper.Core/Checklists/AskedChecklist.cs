using Certhelper.Core.Certification;

namespace Certhelper.Core.Checklists;

/// <summary>A checklist as it is asked now: its latest version.</summary>
/// <param name="Id">The checklist.</param>
/// <param name="Key">Its short name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Component">The component it belongs to; null for one of the whole run.</param>
/// <param name="VersionId">The version that is asked.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Content">What the version says.</param>
public sealed record AskedChecklist(int Id, string Key, string Title, Component? Component, int VersionId, int Number, ChecklistContent Content)
{
    /// <summary>All items, in order.</summary>
    public IEnumerable<ChecklistItem> Items => Content.Groups.SelectMany(group => group.Items);

    /// <summary>The name of an item's answer in <see cref="CertificationInput.Answers"/>: <c>general:look</c>.</summary>
    public static string KeyOf(string checklist, string item) => $"{checklist}:{item}";

    /// <inheritdoc cref="KeyOf(string, string)"/>
    public string KeyOf(ChecklistItem item) => KeyOf(Key, item.Key);
}
