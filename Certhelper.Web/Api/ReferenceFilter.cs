using Certhelper.Core.Lists;
using Certhelper.Core.References;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Api;

/// <summary>Which references a list shows.</summary>
internal sealed class ReferenceFilter
{
    private static readonly Dictionary<string, Reconstruction> Words = Reconstructions.Certifiable.ToDictionary(item => item.Code(), StringComparer.OrdinalIgnoreCase);

    private readonly ConditionFilter run;
    private readonly IReadOnlyList<Reconstruction> reconstructions;
    private readonly bool? retired;

    public ReferenceFilter(FilterReader reader)
    {
        run = ConditionFilter.Read(reader);
        reconstructions = reader.Choices("reconstruction", Words);
        retired = reader.YesNo("retired");
        Problems = reader.Problems;
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        .. ConditionFilter.Parameters,
        new("reconstruction", "Reconstruction.", "express", Words.Keys, Several: true),
        new("retired", "Only retired ones, or only those in use; both when left out.", "no", FilterReader.YesOrNo),
    ];

    public static SortTable<Reference> Sorts { get; } = new(new Sorting("run", Descending: true), new Dictionary<string, Func<IQueryable<Reference>, bool, IOrderedQueryable<Reference>>>
    {
        ["run"] = SortColumns.By<Reference, int>(item => item.RunReconstruction!.RunNumber),
        ["promoted"] = SortColumns.By<Reference, DateTimeOffset>(item => item.PromotedAt),
    });

    public IReadOnlyList<FilterProblem> Problems { get; }

    public IQueryable<Reference> Apply(CerthelperDbContext db)
    {
        var query = run.Apply(db.References.AsNoTracking(), item => item.RunReconstruction!.Run!);
        if (reconstructions.Count > 0) query = query.Where(item => reconstructions.Contains(item.RunReconstruction!.Reconstruction));
        return retired switch
        {
            true => query.Where(item => item.RetiredAt != null),
            false => query.Where(item => item.RetiredAt == null),
            null => query,
        };
    }
}

/// <summary>Which open datasets a list shows.</summary>
internal sealed class OpenRunFilter
{
    private static readonly Dictionary<string, Reconstruction?> Words = Reconstructions.Certifiable.ToDictionary(item => item.Code(), item => (Reconstruction?)item, StringComparer.OrdinalIgnoreCase);

    private readonly RunSelection? runs;
    private readonly IReadOnlyList<Reconstruction?> reconstructions;
    private readonly bool? certified;

    public OpenRunFilter(FilterReader reader)
    {
        runs = reader.Selection("runs");
        reconstructions = reader.Choices("reconstruction", Words);
        certified = reader.YesNo("certified");
        Problems = reader.Problems;
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        new("runs", "Run numbers and ranges.", "380115-380130, 380200"),
        new("reconstruction", "Reconstruction.", "express", Words.Keys, Several: true),
        new("certified", "Whether somebody has certified it here.", "no", FilterReader.YesOrNo),
    ];

    public static SortTable<RegistryDataset> Sorts { get; } = new(
        new Sorting("run", Descending: true), new Dictionary<string, Func<IQueryable<RegistryDataset>, bool, IOrderedQueryable<RegistryDataset>>>
        {
            ["run"] = SortColumns.By<RegistryDataset, int>(item => item.RunNumber),
            ["seen"] = SortColumns.By<RegistryDataset, DateTimeOffset>(item => item.FirstSeenAt),
        });

    public IReadOnlyList<FilterProblem> Problems { get; }

    public IQueryable<RegistryDataset> Apply(CerthelperDbContext db)
    {
        var query = db.RegistryDatasets.AsNoTracking()
            .Where(item => item.TrackerState == RegistryDataset.Open && item.Reconstruction != null && item.Reconstruction != Reconstruction.Online);
        if (runs is not null) query = runs.Apply(query, item => item.RunNumber);
        if (reconstructions.Count > 0) query = query.Where(item => reconstructions.Contains(item.Reconstruction));
        return certified switch
        {
            true => query.Where(item => db.Certifications.Any(
                one => one.RunReconstruction!.RunNumber == item.RunNumber && one.RunReconstruction.Reconstruction == item.Reconstruction)),
            false => query.Where(item => !db.Certifications.Any(
                one => one.RunReconstruction!.RunNumber == item.RunNumber && one.RunReconstruction.Reconstruction == item.Reconstruction)),
            null => query,
        };
    }
}
