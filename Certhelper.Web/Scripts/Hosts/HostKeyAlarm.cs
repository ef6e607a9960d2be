using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Scripts.Hosts;

/// <summary>A key that waits for a decision, and whether its host has another one that is approved.</summary>
public sealed record WaitingKey(string Host, int Port, bool IsChanged);

/// <summary>Keys that wait for an administrator; one small query per page of an administrator.</summary>
internal static class HostKeyAlarm
{
    private static readonly object Key = new();

    /// <summary>Read once for a page, however often it shows them.</summary>
    public static async Task<IReadOnlyList<WaitingKey>> ReadAsync(HttpContext context, CerthelperDbContext db)
    {
        if (context.Items[Key] is IReadOnlyList<WaitingKey> known) return known;
        var waiting = await db.HostKeys.Where(key => key.State == HostKeyState.Pending)
            .Select(key => new WaitingKey(
                key.Host, key.Port, db.HostKeys.Any(other => other.State == HostKeyState.Approved && other.Host == key.Host && other.Port == key.Port)))
            .ToListAsync(context.RequestAborted);
        context.Items[Key] = waiting;
        return waiting;
    }
}

/// <summary>How many keys wait, at the entry of the rail.</summary>
public sealed class HostKeyBadge(CerthelperDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View(await HostKeyAlarm.ReadAsync(HttpContext, db));
}

/// <summary>Says on the pages of scripts that keys wait; with a host, only those of this one.</summary>
public sealed class HostKeyNotice(CerthelperDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string? host = null, int port = 0)
    {
        var waiting = await HostKeyAlarm.ReadAsync(HttpContext, db);
        return View(host is null ? waiting : [.. waiting.Where(key => key.Port == port && string.Equals(key.Host, host, StringComparison.OrdinalIgnoreCase))]);
    }
}
