using Certhelper.Core.People;

namespace Certhelper.Web.Shell;

/// <summary>The e-groups that give a role. The mapping itself is made in CERN's Application Portal; this is what people are told.</summary>
public static class RoleSources
{
    public static IReadOnlyList<(Role Role, IReadOnlyList<string> Groups)> All { get; } =
    [
        (Role.Shifter, ["cms-dqm-runregistry-offline-tracker-certifiers", "cms-shiftlist_shifters_dqm_p5", "cms-shiftlist_shifters_dqm_offline", "tkdqmdoctor-shifters"]),
        (Role.ShiftLeader, ["cms-tracker-offline-shiftleader", "tkdqmdoctor-shiftleaders"]),
        (Role.Expert, ["cms-dqm-certification-experts"]),
        (Role.Admin, []),
        (Role.Ops, []),
    ];
}
