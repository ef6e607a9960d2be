using Certhelper.Core.Checklists;

namespace Certhelper.Web.Checklists;

/// <summary>What a checklist asks, to be looked at and not answered.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Values">Where its links lead.</param>
public sealed record ChecklistPreview(ChecklistContent Content, LinkValues Values);
