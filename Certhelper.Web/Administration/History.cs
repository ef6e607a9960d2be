using Certhelper.Core.Audit;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Administration;

/// <summary>What happened to one thing, from the audit, newest first; one statement.</summary>
public sealed class History(CerthelperDbContext db) : ViewComponent
{
    private const int Most = 20;

    // Moments that say what happened; all others, and who, stand in the head of the entry.
    private static readonly string[] Moments = ["RetiredAt", "DeactivatedAt"];

    /// <summary>Whether a field says more than when and by whom.</summary>
    public static bool Tells(string field) => Moments.Contains(field)
        || !(field.EndsWith("At", StringComparison.Ordinal) || field.EndsWith("ById", StringComparison.Ordinal));

    /// <param name="kind">Name of its class.</param>
    /// <param name="subject">Its key.</param>
    public async Task<IViewComponentResult> InvokeAsync(string kind, string subject) => View(await db.AuditEntries.AsNoTracking()
        .Where(entry => entry.Kind == kind && entry.Subject == subject
            && (entry.Event == AuditEvent.Created || entry.Event == AuditEvent.Changed || entry.Event == AuditEvent.RolesChanged))
        .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(Most)
        .ToListAsync(HttpContext.RequestAborted));
}
