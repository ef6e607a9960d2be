using System.Linq.Expressions;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;

namespace Certhelper.Core.Lists;

/// <summary>Under which conditions runs were taken: the part of a filter that lists of runs and of certifications share.</summary>
public sealed class ConditionFilter
{
    private static readonly Dictionary<string, RunType?> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["collisions"] = RunType.Collisions,
        ["cosmics"] = RunType.Cosmics,
        ["undecided"] = null,
    };

    private ConditionFilter()
    {
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        new("runs", "Run numbers and ranges.", "380115-380130, 380200"),
        new("type", "Type of the run.", "collisions", Types.Keys, Several: true),
        new("era", "Era as OMS names it.", "2024I", Several: true),
        new("fill", "Fill numbers and ranges.", "10190-10200"),
        new("bfield", "Magnetic field in T: a number or a range.", "3.8"),
        new("energy", "Beam energy in GeV: a number or a range.", "6500..7000"),
        new("filltype", "What collided, in OMS's words.", "PROTONS", Several: true),
    ];

    public RunSelection? Runs { get; private init; }

    public IReadOnlyList<RunType?> Type { get; private init; } = [];

    public IReadOnlyList<string> Era { get; private init; } = [];

    public RunSelection? Fill { get; private init; }

    public NumberRange? BField { get; private init; }

    public NumberRange? Energy { get; private init; }

    public IReadOnlyList<string> FillType { get; private init; } = [];

    public static ConditionFilter Read(FilterReader reader) => new()
    {
        Runs = reader.Selection("runs"),
        Type = reader.Choices("type", Types),
        Era = reader.Texts("era"),
        Fill = reader.Selection("fill"),
        BField = reader.Range("bfield"),
        Energy = reader.Range("energy"),
        FillType = reader.Texts("filltype"),
    };

    /// <summary>The conditions, each on the run that a row leads to.</summary>
    public IQueryable<T> Apply<T>(IQueryable<T> query, Expression<Func<T, Run>> run)
    {
        foreach (var condition in All()) query = query.Where(condition.Through(run));
        return query;
    }

    private IEnumerable<Expression<Func<Run, bool>>> All()
    {
        if (Runs is not null) yield return Runs.Holds((Run run) => run.RunNumber);
        if (Type.Count > 0)
        {
            var types = Type.OfType<RunType>().Select(type => (RunType?)type).ToList();
            var undecided = Type.Contains(null);
            yield return run => types.Contains(run.Type) || (undecided && run.Type == null);
        }

        var eras = Era;
        if (eras.Count > 0) yield return run => eras.Contains(run.Era);
        if (Fill is not null) yield return Fill.Holds((Run run) => run.FillNumber);
        if (BField is not null) yield return BField.Holds<Run>(run => run.BFieldTesla);
        if (Energy is not null) yield return Energy.Holds<Run>(run => run.EnergyGev);
        var kinds = FillType;
        if (kinds.Count > 0) yield return run => kinds.Contains(run.FillTypeRuntime);
    }
}
