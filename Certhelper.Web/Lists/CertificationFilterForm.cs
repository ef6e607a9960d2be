using Certhelper.Core.Lists;

namespace Certhelper.Web.Lists;

/// <summary>The form with which certifications are filtered.</summary>
/// <param name="Action">Address of the page that it filters.</param>
/// <param name="Kept">Parameters that are carried along unseen.</param>
public sealed record CertificationFilterForm(CertificationFilter Filter, ListChoices Choices, string Action, IReadOnlyList<string> Kept)
{
    /// <summary>Whether the list changes at once, without a new page.</summary>
    public bool Live { get; init; } = true;

    /// <summary>Whether days are chosen here too.</summary>
    public bool WithDays { get; init; } = true;
}
