using System.Linq.Expressions;
using Certhelper.Core.Certification;
using Certhelper.Core.Storage;

namespace Certhelper.Core.Lists;

/// <summary>What a component counts as. Low statistics is a state of its own: it is acceptable, whatever the verdict below it says.</summary>
public enum ComponentState
{
    Good,
    Bad,
    Excluded,
    LowStatistics,
}

/// <summary>Words and conditions of component states.</summary>
public static class ComponentStates
{
    public static Dictionary<string, ComponentState> ByWord { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["good"] = ComponentState.Good,
        ["bad"] = ComponentState.Bad,
        ["excluded"] = ComponentState.Excluded,
        ["low-statistics"] = ComponentState.LowStatistics,
    };

    public static ComponentState Of(ComponentVerdict verdict, bool lowStatistics) => lowStatistics
        ? ComponentState.LowStatistics
        : verdict switch
        {
            ComponentVerdict.Good => ComponentState.Good,
            ComponentVerdict.Bad => ComponentState.Bad,
            ComponentVerdict.Excluded => ComponentState.Excluded,
        };

    /// <summary>The word in exports and in the API.</summary>
    public static string Word(ComponentVerdict verdict, bool lowStatistics) => Of(verdict, lowStatistics) switch
    {
        ComponentState.Good => "good",
        ComponentState.Bad => "bad",
        ComponentState.Excluded => "excluded",
        ComponentState.LowStatistics => "low-statistics",
    };

    internal static Expression<Func<TrackerCertification, bool>> Is(
        ComponentState state, Expression<Func<TrackerCertification, ComponentVerdict>> verdict, Expression<Func<TrackerCertification, bool>> lowStatistics)
    {
        if (state == ComponentState.LowStatistics) return lowStatistics;
        var wanted = state switch
        {
            ComponentState.Bad => ComponentVerdict.Bad,
            ComponentState.Excluded => ComponentVerdict.Excluded,
            _ => ComponentVerdict.Good,
        };
        Expression<Func<ComponentVerdict, bool>> isWanted = value => value == wanted;
        return isWanted.Through(verdict).And(lowStatistics.Not());
    }
}
