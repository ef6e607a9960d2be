using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>Which runs a list shows. Page, export and API read it from the same parameters.</summary>
public sealed class RunFilter : ListFilter
{
    private static readonly string[] Standings = ["certified", "missing", "good", "bad"];
    private static readonly string[] Facts = ["complete", "incomplete"];

    private readonly ConditionFilter run;
    private readonly IReadOnlyList<(Reconstruction Reconstruction, string Standing)> standings;
    private readonly bool? open;
    private readonly string? facts;

    private RunFilter(FilterReader reader, DateOnly today)
        : base(reader, DayRange.Read(reader, today), today)
    {
        run = ConditionFilter.Read(reader);
        standings =
        [
            .. Reconstructions.Certifiable
                .Select(reconstruction => (reconstruction, reader.Word(reconstruction.Code(), Standings)))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.reconstruction, pair.Item2!)),
        ];
        open = reader.YesNo("open");
        facts = reader.Word("facts", Facts);
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        .. DayRange.Parameters("on which a run started"),
        .. ConditionFilter.Parameters,
        .. Reconstructions.Certifiable.Select(reconstruction =>
            new FilterParameter(reconstruction.Code(), $"How {reconstruction.Title()} of the run stands.", "missing", Standings)),
        new("open", "Whether the Run Registry waits for the tracker's word on one of its datasets.", "yes", FilterReader.YesOrNo),
        new("facts", "Whether OMS has told the facts of the run.", "incomplete", Facts),
    ];

    /// <summary>Whether what it finds depends on certifications.</summary>
    internal bool AsksCertifications => standings.Count > 0;

    /// <summary>Whether what it finds depends on the Run Registry's answers.</summary>
    internal bool AsksRegistry => open is not null;

    protected override IReadOnlyList<FilterParameter> Known => Parameters;

    public static RunFilter Read(IQueryCollection query, DateOnly today) => new(query.Reader(), today);

    /// <summary>The runs that fit; none when something could not be understood.</summary>
    public IQueryable<Run> Apply(CerthelperDbContext db)
    {
        var query = db.Runs.AsNoTracking();
        if (Problems.Count > 0) return query.Where(item => false);
        if (Days.Start is { } start) query = query.Where(item => item.StartTime >= start);
        if (Days.End is { } end) query = query.Where(item => item.StartTime < end);
        query = run.Apply(query, item => item);
        foreach (var (reconstruction, standing) in standings)
        {
            var certifications = db.Certifications.Where(item => item.RunReconstruction!.Reconstruction == reconstruction);
            certifications = standing switch
            {
                "good" => certifications.Where(VerdictRule.Good),
                "bad" => certifications.Where(VerdictRule.Good.Not()),
                _ => certifications,
            };
            var numbers = certifications.Select(item => item.RunReconstruction!.RunNumber);
            query = standing == "missing"
                ? query.Where(item => !numbers.Contains(item.RunNumber))
                : query.Where(item => numbers.Contains(item.RunNumber));
        }

        if (open is { } wanted)
        {
            var waiting = db.RegistryDatasets
                .Where(dataset => dataset.TrackerState == RegistryDataset.Open && dataset.Reconstruction != null && dataset.Reconstruction != Reconstruction.Online)
                .Select(dataset => dataset.RunNumber);
            query = wanted ? query.Where(item => waiting.Contains(item.RunNumber)) : query.Where(item => !waiting.Contains(item.RunNumber));
        }

        return facts switch
        {
            "complete" => query.Where(item => item.FetchedAt != null),
            "incomplete" => query.Where(item => item.FetchedAt == null),
            _ => query,
        };
    }

    protected override string Say(string name, string value) => (name, value) switch
    {
        ("type", _) => char.ToUpperInvariant(value[0]) + value[1..],
        ("open", "yes" or "true") => "Datasets open",
        ("open", _) => "No dataset open",
        ("facts", _) => "Facts " + value,
        _ when Reconstructions.TryParse(name, out var reconstruction) => $"{reconstruction.Title()} {(value == "missing" ? "not certified" : value)}",
        _ => SayRun(name, value),
    };
}
