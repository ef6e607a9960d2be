using Certhelper.Core.Certification.Rules;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Certification;

/// <summary>Looks at a certification before it is saved, as an experienced colleague would.</summary>
public sealed partial class SecondLook(CerthelperDbContext db, MapShelf shelf, IOptions<CertificationOptions> options, ILogger<SecondLook> logger)
{
    /// <summary>What does not look right, the gravest first; empty when all does. At most eight statements.</summary>
    /// <param name="input">What is to be saved; what is not chosen yet is not looked at.</param>
    /// <param name="of">Which certification.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Finding>> FindAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken) =>
        Apply(LookRules.All, await LoadAsync(input, of, cancellationToken));

    /// <summary>Asks every rule. One that breaks says nothing: a mistake of ours must not keep anybody from certifying.</summary>
    internal IReadOnlyList<Finding> Apply(IEnumerable<LookRule> rules, LookCase look)
    {
        var findings = new List<Finding>();
        foreach (var rule in rules)
        {
            try
            {
                if (rule.Find(look) is { } finding) findings.Add(finding);
            }
            catch (Exception exception)
            {
                Log.RuleBroke(logger, rule.Key, look.Conditions.RunNumber, exception);
            }
        }

        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }

    /// <summary>
    /// The findings that keep it from being saved: those that block, and those to confirm without a reason. What was
    /// confirmed at an earlier save and still reads the same needs no second reason.
    /// </summary>
    public static IReadOnlyList<Finding> Open(IEnumerable<Finding> findings, CertificationInput input, IReadOnlyList<ConfirmedFinding> before) =>
    [
        .. findings.Where(finding => finding.Severity == FindingSeverity.Block
            || (finding.Severity == FindingSeverity.Confirm && Reason(finding, input, before) is null)),
    ];

    /// <summary>The confirmed findings as they stay with the certification: who confirmed first, and when, is kept.</summary>
    public static List<ConfirmedFinding> Confirmed(
        IEnumerable<Finding> findings, CertificationInput input, IReadOnlyList<ConfirmedFinding> before, Actor actor, DateTimeOffset now) =>
    [
        .. findings.Where(finding => finding.Severity == FindingSeverity.Confirm).Select(finding =>
        {
            var reason = Reason(finding, input, before) ?? throw new InvalidOperationException($"{finding.Rule} was not confirmed.");
            return Earlier(finding, before) is { } earlier && earlier.Reason == reason
                ? earlier
                : new ConfirmedFinding(finding.Rule, finding.Words, reason, actor.Login, now);
        }),
    ];

    /// <summary>Why a finding is right all the same; null when nobody has said.</summary>
    public static string? Reason(Finding finding, CertificationInput input, IReadOnlyList<ConfirmedFinding> before) =>
        Texts.FitOrNull(input.Confirmed.GetValueOrDefault(finding.Rule)) ?? Earlier(finding, before)?.Reason;

    private static ConfirmedFinding? Earlier(Finding finding, IReadOnlyList<ConfirmedFinding> before) =>
        before.FirstOrDefault(earlier => earlier.Rule == finding.Rule && earlier.Words == finding.Words);

    private async Task<LookCase> LoadAsync(CertificationInput input, CertificationCase of, CancellationToken cancellationToken)
    {
        var run = await db.Runs.AsNoTracking().Include(row => row.Fill).SingleOrDefaultAsync(row => row.RunNumber == of.RunNumber, cancellationToken);
        var conditions = RunConditions.Of(of.RunNumber, of.Reconstruction, run);
        var datasets = await db.RegistryDatasets.AsNoTracking()
            .Where(row => row.RunNumber == of.RunNumber && row.Reconstruction == of.Reconstruction).ToListAsync(cancellationToken);
        return new LookCase(input, conditions, options.Value)
        {
            HadNoReference = of.Existing is { ReferenceId: null },
            Run = run,
            Problems = input.ProblemIds.Count == 0 ? [] : await db.ComponentProblems.AsNoTracking()
                .Where(row => input.ProblemIds.Contains(row.Id)).ToListAsync(cancellationToken),
            Siblings = await SiblingsAsync(of, cancellationToken),
            Maps = await shelf.OfAsync(of.RunNumber, of.Reconstruction, run?.Type, cancellationToken),
            Dataset = datasets.FirstOrDefault(row => row.Name == input.DatasetName) ?? (input.DatasetName is null && datasets.Count == 1 ? datasets[0] : null),
            Reference = input.ReferenceId is { } id ? await ReferenceAsync(id, cancellationToken) : null,
            ReferencesExist = input.ReferenceId is null && conditions.Type is { } type && await db.References.AnyAsync(
                row => row.RetiredAt == null && row.RunReconstruction!.Run!.Type == type && row.RunReconstruction.RunNumber != of.RunNumber, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<SiblingCase>> SiblingsAsync(CertificationCase of, CancellationToken cancellationToken)
    {
        var others = db.Certifications.AsNoTracking()
            .Where(item => item.RunReconstruction!.RunNumber == of.RunNumber && item.RunReconstruction.Reconstruction != of.Reconstruction);
        var siblings = await others.Include(item => item.Owner).Include(item => item.RunReconstruction).ToListAsync(cancellationToken);
        var evidence = await db.CertificationEvidence.AsNoTracking()
            .Where(row => others.Any(item => item.Id == row.CertificationId)).ToListAsync(cancellationToken);
        return
        [
            .. siblings.Select(item => new SiblingCase(
                item.RunReconstruction!.Reconstruction,
                ComponentWord.Of(item),
                item.Owner!.Name,
                item.Date,
                evidence.Where(row => row.CertificationId == item.Id).MaxBy(row => row.RevisionNumber)?.Facts ?? [])),
        ];
    }

    private async Task<ReferenceCase?> ReferenceAsync(int id, CancellationToken cancellationToken)
    {
        var reference = await db.References.AsNoTracking()
            .Include(row => row.RunReconstruction).ThenInclude(item => item!.Run).ThenInclude(item => item!.Fill)
            .Include(row => row.RunReconstruction).ThenInclude(item => item!.Certifications)
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (reference?.RunReconstruction is not { } its) return null;
        return new ReferenceCase(
            RunConditions.Of(its.RunNumber, its.Reconstruction, its.Run),
            reference.Validity,
            reference.RetiredAt is not null,
            its.Certifications.Any(VerdictRule.IsGood));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The rule {Rule} of the second look broke on run {Run}")]
        public static partial void RuleBroke(ILogger logger, string rule, int run, Exception exception);
    }
}
