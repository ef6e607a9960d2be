using Certhelper.Core.People;
using Certhelper.Core.Plots;
using Certhelper.Core.Storage;
using Certhelper.Web.Leader;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;

namespace Certhelper.Web.Pages.Plots;

/// <summary>What was certified, drawn: luminosity, progress, problems, health, eras, how long runs waited.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(CerthelperDbContext db, TimeProvider time) : LeaderPage(db, time)
{
    public PlotBook Book { get; private set; } = null!;

    public async Task OnGetAsync(string? by, CancellationToken cancellationToken) =>
        Book = PlotBook.Of(await PlotRows.ReadAsync(Filter.Apply(Db), cancellationToken), (Filter.Days.From, Filter.Days.To), by);

    /// <summary>The same with another run type, reconstruction or step; null takes it away.</summary>
    public string With(string name, string? value) => Request.With((name, value));

    /// <summary>The file of a plot as it is shown.</summary>
    public string FileOf(Plot plot, string extension) => QueryHelpers.AddQueryString($"/plots/{plot.Kind}.{extension}", Request.Query);
}
