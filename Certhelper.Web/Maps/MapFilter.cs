using Certhelper.Core.Lists;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;

namespace Certhelper.Web.Maps;

/// <summary>Which maps the gallery shows.</summary>
public sealed class MapFilter : ListFilter
{
    private static readonly string[] Codes = [.. Reconstructions.Certifiable.Select(reconstruction => reconstruction.Code())];

    private readonly RunSelection? runs;
    private readonly string? type;
    private readonly Reconstruction? reconstruction;
    private readonly string? name;

    private MapFilter(FilterReader reader, DateOnly today)
        : base(reader, new DayRange(null, null), today)
    {
        runs = reader.Selection("runs");
        type = reader.Text("type", 60);
        reconstruction = reader.Word("reconstruction", Codes) is { } code && Reconstructions.TryParse(code, out var of) ? of : null;
        name = reader.Text("name", 100);
    }

    public static IReadOnlyList<FilterParameter> Parameters { get; } =
    [
        new("runs", "Run numbers and ranges.", "380115-380130, 380200"),
        new("type", "The kind of data.", "StreamExpress"),
        new("reconstruction", "The reconstruction whose data is shown.", "express", Codes),
        new("name", "A part of the map's name.", "QTestAlarm"),
    ];

    /// <summary>Whether certain maps were asked for by name.</summary>
    public bool HasName => name is not null;

    protected override IReadOnlyList<FilterParameter> Known => Parameters;

    public static MapFilter Read(IQueryCollection query, DateOnly today) => new(query.Reader(), today);

    /// <summary>The maps that fit; none when something could not be understood.</summary>
    public IQueryable<ExecutionFile> Apply(CerthelperDbContext db)
    {
        var query = MapShelf.Current(db);
        if (Problems.Count > 0) return query.Where(file => false);
        if (runs is not null) query = query.Where(runs.Holds((ExecutionFile file) => file.RunNumber));
        if (type is not null) query = query.Where(file => file.MapType == type);
        if (reconstruction is not null) query = query.Where(file => file.Reconstruction == reconstruction);
        return name is null ? query : query.Holding(file => file.Name, name);
    }

    protected override string Say(string name, string value) => name switch
    {
        "reconstruction" when Reconstructions.TryParse(value, out var of) => of.Title(),
        "name" => $"Map “{value}”",
        "type" => value,
        _ => SayRun(name, value),
    };
}
