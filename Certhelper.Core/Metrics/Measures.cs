using System.Diagnostics;
using System.Diagnostics.Metrics;
using Certhelper.Core.Certification;

namespace Certhelper.Core.Metrics;

/// <summary>
/// What the product counts and times itself, beside what its libraries do. Every label has few values: no run, no person and no
/// address is ever one. What the database knows is not counted here but read (<c>StandingMeasures</c> of the jobs).
/// </summary>
public static class Measures
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Certhelper";

    /// <summary>Label of an act on a certification.</summary>
    public const string Act = "certhelper.act";

    /// <summary>Label of a verdict: good or bad.</summary>
    public const string Verdict = "certhelper.verdict";

    /// <summary>Label of a job.</summary>
    public const string Job = "certhelper.job.name";

    /// <summary>Label of a queue of jobs.</summary>
    public const string Queue = "certhelper.queue.name";

    /// <summary>Label of a service outside.</summary>
    public const string Service = "certhelper.service.name";

    /// <summary>Label of how something failed; the convention's own.</summary>
    public const string Error = "error.type";

    /// <summary>The meter, for what is read when somebody asks.</summary>
    public static Meter Meter { get; } = new(MeterName);

    private static readonly Counter<long> Saves = Meter.CreateCounter<long>(
        "certhelper.certification.saves", "{certification}", "Certifications that were saved, by what was done and by verdict.");

    private static readonly Counter<long> SignInFailures = Meter.CreateCounter<long>(
        "certhelper.signin.failures", "{failure}", "Sign-ins that did not succeed, by reason.");

    private static readonly Counter<long> JobFailures = Meter.CreateCounter<long>(
        "certhelper.job.failures", "{failure}", "Background jobs that failed for good, after their repetitions.");

    private static readonly Histogram<double> LineLag = Meter.CreateHistogram(
        "certhelper.execution.line.lag",
        "s",
        "From the arrival of output at the worker until it is stored and announced.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    /// <summary>A certification was saved.</summary>
    public static void CountSave(RevisionKind act, bool good) => Saves.Add(1, Save(act, good));

    /// <summary>Somebody could not sign in.</summary>
    public static void CountSignInFailure(string reason) => SignInFailures.Add(1, new KeyValuePair<string, object?>(Error, reason));

    /// <summary>A job failed and is not tried again.</summary>
    public static void CountJobFailure(string job) => JobFailures.Add(1, new KeyValuePair<string, object?>(Job, job));

    /// <summary>Output was stored.</summary>
    public static void TimeLines(TimeSpan lag) => LineLag.Record(lag.TotalSeconds);

    /// <summary>
    /// Begins counting certifications from nothing: a counter that appears with its first event hides that event from everybody
    /// who looks at increases.
    /// </summary>
    public static void BeginSaves()
    {
        foreach (var act in (RevisionKind[])[RevisionKind.Created, RevisionKind.Edited])
        {
            Saves.Add(0, Save(act, good: true));
            Saves.Add(0, Save(act, good: false));
        }
    }

    /// <inheritdoc cref="BeginSaves"/>
    public static void BeginSignInFailures(IEnumerable<string> reasons)
    {
        foreach (var reason in reasons) SignInFailures.Add(0, new KeyValuePair<string, object?>(Error, reason));
    }

    /// <inheritdoc cref="BeginSaves"/>
    public static void BeginJobFailures(IEnumerable<string> jobs)
    {
        foreach (var job in jobs) JobFailures.Add(0, new KeyValuePair<string, object?>(Job, job));
    }

    private static TagList Save(RevisionKind act, bool good) => new() { { Act, WordOf(act) }, { Verdict, good ? "good" : "bad" } };

    private static string WordOf(RevisionKind act) => act switch
    {
        RevisionKind.Created => "created",
        RevisionKind.Edited => "edited",
        RevisionKind.FactsCompleted => "facts_completed",
        RevisionKind.Deleted => "deleted",
        RevisionKind.Restored => "restored",
        RevisionKind.HandedOver => "handed_over",
        RevisionKind.FactsAccepted => "facts_accepted",
        RevisionKind.Reopened => "reopened",
    };
}
