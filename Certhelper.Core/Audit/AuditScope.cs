using System.Diagnostics;

namespace Certhelper.Core.Audit;

/// <summary>On whose behalf the running code works. Set once where a request or a job begins; the audit reads it at every save.</summary>
/// <param name="PersonId">Row of the person; null for machinery.</param>
/// <param name="By">Login name, or the name of the job.</param>
/// <param name="Address">Network that the request came from, already shortened.</param>
/// <param name="Acts">Whether a person does something, rather than looks at something.</param>
public sealed record AuditScope(int? PersonId, string? By, string? Address, bool Acts)
{
    private static readonly AsyncLocal<AuditScope?> Ambient = new();

    /// <summary>Null where nobody has said it: work of the machinery.</summary>
    public static AuditScope? Current => Ambient.Value;

    /// <summary>The number by which logs and traces know the request.</summary>
    public static string? Trace => Activity.Current?.TraceId.ToString();

    /// <summary>From now on until disposed, and in all that is called.</summary>
    public static IDisposable Begin(AuditScope scope)
    {
        var before = Ambient.Value;
        Ambient.Value = scope;
        return new Ending(before);
    }

    /// <summary>For a job, by its name.</summary>
    public static IDisposable BeginJob(string name) => Begin(new AuditScope(null, "job " + name, null, Acts: false));

    private sealed class Ending(AuditScope? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}
