using System.Globalization;
using Certhelper.Core.Administration;
using Certhelper.Core.Audit;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;

namespace Certhelper.Web.Audit;

/// <summary>Where the thing is that an entry tells of.</summary>
internal static class AuditLinks
{
    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        [nameof(TrackerCertification)] = "/certifications/{0}",
        [nameof(Reference)] = "/references/{0}",
        [nameof(Run)] = "/runs/{0}",
        [nameof(Execution)] = "/executions/{0}",
        [nameof(Report)] = "/reports/{0}",
        [nameof(ReportSchedule)] = "/reports/schedules/{0}",
        [nameof(HostKey)] = "/admin/hosts",
        [nameof(Script)] = "/admin/scripts",
        [nameof(ScriptVersion)] = "/admin/scripts",
        [nameof(User)] = "/admin/people/{0}",
        [nameof(BadReason)] = "/admin/choices/reasons/edit/{0}",
        [nameof(ComponentProblem)] = "/admin/choices/problems/edit/{0}",
        [nameof(Setting)] = "/admin/settings",
        ["Checklist"] = "/admin/checklists",
        ["ChecklistVersion"] = "/admin/checklists",
        [nameof(RemovedCertification)] = "/admin/removed",
    };

    // Parts of something that has a page: which of their fields names it.
    private static readonly Dictionary<string, (string Field, string Owner)> Parts = new(StringComparer.Ordinal)
    {
        [nameof(FactChange)] = (nameof(FactChange.CertificationId), nameof(TrackerCertification)),
        [nameof(ReportRevision)] = (nameof(ReportRevision.ReportId), nameof(Report)),
        [nameof(RoleGrant)] = (nameof(RoleGrant.UserId), nameof(User)),
        ["ChecklistAnswer"] = ("CertificationId", nameof(TrackerCertification)),
    };

    /// <summary>Null where there is no page, and for what is gone.</summary>
    public static string? Of(AuditEntry entry)
    {
        if (entry.Kind is null || entry.Subject is null || entry.Event == AuditEvent.Removed) return null;
        if (Parts.TryGetValue(entry.Kind, out var part))
            return entry.Changes?.GetValueOrDefault(part.Field) is [_, { } owner] && IsNumber(owner) ? string.Format(CultureInfo.InvariantCulture, Pages[part.Owner], owner) : null;
        if (!Pages.TryGetValue(entry.Kind, out var page)) return null;
        return page.Contains("{0}", StringComparison.Ordinal) && !IsNumber(entry.Subject) ? null : string.Format(CultureInfo.InvariantCulture, page, entry.Subject);
    }

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
