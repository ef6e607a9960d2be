using System.Linq.Expressions;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Core.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Core.Lists;

/// <summary>Which certifications a list shows. Page, export and API read it from the same parameters.</summary>
public sealed class CertificationFilter : ListFilter
{
    /// <summary>Longest text of what narrows a report, letters.</summary>
    public const int LongestText = 1_000;

    private static readonly string[] NotNarrowing = ["from", "to", "when", "deleted"];

    private static readonly Dictionary<string, Reconstruction> ReconstructionWords =
        Reconstructions.Certifiable.ToDictionary(item => item.Code(), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Verdicts = ["good", "bad"];
    private static readonly string[] Maps = ["exists", "missing"];
    private static readonly string[] Facts = ["complete", "incomplete"];

    private readonly ConditionFilter run;
    private readonly IReadOnlyList<Reconstruction> reconstructions;
    private readonly string? dataset;
    private readonly string? verdict;
    private readonly IReadOnlyList<ComponentState> pixel;
    private readonly IReadOnlyList<ComponentState> strip;
    private readonly IReadOnlyList<ComponentState> tracking;
    private readonly IReadOnlyList<int> problems;
    private readonly IReadOnlyList<int> reasons;
    private readonly IReadOnlyList<string> shifters;
    private readonly string? map;
    private readonly string? facts;
    private readonly bool? reference;
    private readonly string? text;
    private readonly IReadOnlyDictionary<string, string> meant;

    private CertificationFilter(FilterReader reader, DateOnly today, bool mayListDeleted)
        : base(reader, DayRange.Read(reader, today), today)
    {
        run = ConditionFilter.Read(reader);
        reconstructions = reader.Choices("reconstruction", ReconstructionWords);
        dataset = reader.Text("dataset", 200);
        verdict = reader.Word("verdict", Verdicts);
        pixel = reader.Choices("pixel", ComponentStates.ByWord);
        strip = reader.Choices("strip", ComponentStates.ByWord);
        tracking = reader.Choices("tracking", ComponentStates.ByWord);
        problems = reader.Numbers("problem");
        reasons = reader.Numbers("reason");
        shifters = reader.Texts("shifter");
        map = reader.Word("map", Maps);
        facts = reader.Word("facts", Facts);
        reference = reader.YesNo("reference");
        text = reader.Text("text", 200);
        meant = reader.Meant;
        Deleted = reader.YesNo("deleted") == true;
        // Deleted ones concern those who can restore them.
        if (Deleted && !mayListDeleted) reader.Refuse("deleted", "Deleted certifications are for those who may restore them.");
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        .. DayRange.Parameters("that a certification counts for"),
        .. ConditionFilter.Parameters,
        new("reconstruction", "Reconstruction.", "express", ReconstructionWords.Keys, Several: true),
        new("dataset", "Part of the dataset's name.", "/ReReco/"),
        new("verdict", "Verdict over all components.", "bad", Verdicts),
        new("pixel", "State of pixel.", "bad", ComponentStates.ByWord.Keys, Several: true),
        new("strip", "State of strip.", "excluded", ComponentStates.ByWord.Keys, Several: true),
        new("tracking", "State of tracking.", "low-statistics", ComponentStates.ByWord.Keys, Several: true),
        new("problem", "Ids of problems of which it has at least one.", "3", Several: true),
        new("reason", "Ids of bad reasons.", "2", Several: true),
        new("shifter", "Login names.", "sara.shifter", Several: true),
        new("map", "Whether the tracker maps exist.", "missing", Maps),
        new("facts", "Whether OMS has told the facts of the run.", "incomplete", Facts),
        new("reference", "Whether it is a reference run now.", "yes", FilterReader.YesOrNo),
        new("text", "Words that occur in the comment, in any order.", "HV trip"),
        new("deleted", "The deleted ones instead; for those who may restore them.", "yes", FilterReader.YesOrNo),
    ];

    /// <summary>The deleted ones instead of the living ones.</summary>
    public bool Deleted { get; }

    protected override IReadOnlyList<FilterParameter> Known => Parameters;

    /// <summary>All certifications that are not deleted.</summary>
    public static CertificationFilter None { get; } = OfText(null);

    /// <summary>
    /// What narrows, as one text to store: the same choice is the same text, however it was written. Empty when nothing narrows. Days and
    /// deleted ones do not belong to it: a report has its own days.
    /// </summary>
    public string Text => string.Join('&', meant.Where(pair => !NotNarrowing.Contains(pair.Key)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

    public IReadOnlyList<int> ProblemIds => problems;

    public IReadOnlyList<int> ReasonIds => reasons;

    /// <summary>Login names.</summary>
    public IReadOnlyList<string> Shifters => shifters;

    public static CertificationFilter Read(FilterReader reader, DateOnly today, bool mayListDeleted) => new(reader, today, mayListDeleted);

    /// <summary>Only what narrows; days and deleted ones are not read.</summary>
    public static CertificationFilter Narrowing(FilterReader reader) => new(reader.Without(NotNarrowing), default, mayListDeleted: false);

    /// <summary>Reads <see cref="Text"/>.</summary>
    public static CertificationFilter OfText(string? text)
    {
        var values = (text ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(part => part.Key, part => string.Join(',', part.Select(value => Uri.UnescapeDataString(value[1]))), StringComparer.OrdinalIgnoreCase);
        return Narrowing(new FilterReader(values.GetValueOrDefault));
    }

    /// <summary>What narrows, in one line; empty when nothing does.</summary>
    /// <param name="names">Names of things that are named by number: parameter and value.</param>
    public string Words(Func<string, string, string?> names) =>
        string.Join(" · ", Parts(names).Where(part => !NotNarrowing.Contains(part.Name)).Select(part => part.Words));

    /// <summary>The certifications that fit; none when something could not be understood.</summary>
    public IQueryable<TrackerCertification> Apply(CerthelperDbContext db)
    {
        var query = Deleted
            ? db.Certifications.IgnoreQueryFilters([Filters.Living]).Where(item => item.DeletedAt != null)
            : db.Certifications;
        query = query.AsNoTracking();
        if (Problems.Count > 0) return query.Where(item => false);
        if (Days.From is { } from) query = query.Where(item => item.Date >= from);
        if (Days.To is { } to) query = query.Where(item => item.Date <= to);
        query = run.Apply(query, item => item.RunReconstruction!.Run!);
        if (reconstructions.Count > 0) query = query.Where(item => reconstructions.Contains(item.RunReconstruction!.Reconstruction));
        if (dataset is not null) query = query.Holding(item => item.DatasetName, dataset);
        query = verdict switch
        {
            "good" => query.Where(VerdictRule.Good),
            "bad" => query.Where(VerdictRule.Good.Not()),
            _ => query,
        };
        if (pixel.Count > 0) query = query.Where(Of(pixel, item => item.Pixel, item => item.PixelLowStatistics));
        if (strip.Count > 0) query = query.Where(Of(strip, item => item.Strip, item => item.StripLowStatistics));
        if (tracking.Count > 0) query = query.Where(Of(tracking, item => item.Tracking, item => item.TrackingLowStatistics));
        return Rest(query);
    }

    protected override string Say(string name, string value) => (name, value) switch
    {
        ("type", _) => char.ToUpperInvariant(value[0]) + value[1..],
        ("verdict", _) => char.ToUpperInvariant(value[0]) + value[1..],
        ("pixel" or "strip" or "tracking", _) => $"{char.ToUpperInvariant(name[0])}{name[1..]} {value.Replace('-', ' ')}",
        ("problem", _) => "Problem " + value,
        ("reason", _) => "Because: " + value,
        ("shifter", _) => "By " + value,
        ("dataset", _) => "Dataset has " + value,
        ("text", _) => $"Comment has {value}",
        ("map", "missing") => "Tracker maps missing",
        ("map", _) => "Tracker maps exist",
        ("facts", _) => "Facts " + value,
        ("reference", "yes" or "true") => "Reference runs",
        ("reference", _) => "No reference runs",
        ("deleted", "yes" or "true") => "Deleted",
        ("deleted", _) => "Not deleted",
        ("reconstruction", _) when Reconstructions.TryParse(value, out var reconstruction) => reconstruction.Title(),
        _ => SayRun(name, value),
    };

    private static Expression<Func<TrackerCertification, bool>> Of(
        IEnumerable<ComponentState> states, Expression<Func<TrackerCertification, ComponentVerdict>> verdict, Expression<Func<TrackerCertification, bool>> lowStatistics) =>
        Compose.Any(states.Select(state => ComponentStates.Is(state, verdict, lowStatistics)));

    private IQueryable<TrackerCertification> Rest(IQueryable<TrackerCertification> query)
    {
        if (problems.Count > 0) query = query.Where(item => item.Problems.Any(problem => problems.Contains(problem.Id)));
        if (reasons.Count > 0) query = query.Where(item => item.BadReasonId != null && reasons.Contains(item.BadReasonId.Value));
        if (shifters.Count > 0) query = query.Where(item => shifters.Contains(item.Owner!.Login));
        if (map is not null)
        {
            var state = map == "missing" ? TrackerMapState.Missing : TrackerMapState.Exists;
            query = query.Where(item => item.TrackerMap == state);
        }

        query = facts switch
        {
            "complete" => query.Where(item => item.FactsComplete),
            "incomplete" => query.Where(item => !item.FactsComplete),
            _ => query,
        };
        query = reference switch
        {
            true => query.Where(item => item.RunReconstruction!.Reference!.RetiredAt == null && item.RunReconstruction.Reference != null),
            false => query.Where(item => item.RunReconstruction!.Reference == null || item.RunReconstruction.Reference.RetiredAt != null),
            null => query,
        };
        return text is null ? query : query.Holding(item => item.Comment, text);
    }
}
