using System.Globalization;
using Certhelper.Core.References;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.Certify;

/// <summary>References as choices: ranked, grouped, each with the reasons for its rank.</summary>
public static class ReferenceItems
{
    public static IReadOnlyList<SelectListItem> Of(IReadOnlyList<ReferenceAdvice> references)
    {
        var suits = new SelectListGroup { Name = "Fit this run" };
        var same = new SelectListGroup { Name = "Fit less" };
        var other = new SelectListGroup { Name = "Other or unknown run type" };
        return
        [
            .. references.Select(advice => new SelectListItem(
                FormattableString.Invariant($"{advice.Rank}. {advice.Candidate.Conditions.Name}: {advice.InWords}"),
                advice.Id.ToString(CultureInfo.InvariantCulture))
            {
                Group = advice.Suits ? suits : advice.SameType ? same : other,
            }),
        ];
    }
}
