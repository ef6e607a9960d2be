using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Maps;

/// <summary>All maps of a run and type, and the lists of modules that came with them.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class SetModel(CerthelperDbContext db, MapShelf shelf) : PageModel
{
    /// <summary>A file that is no map.</summary>
    public sealed record ListFile(long Id, string Name, long Size)
    {
        public string Bytes => Size < 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{Size} B")
            : string.Create(CultureInfo.InvariantCulture, $"{Size / 1024.0:0.#} kB");
    }

    public MapSet Set { get; private set; } = null!;

    public IReadOnlyList<ListFile> Lists { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int run, string type, CancellationToken cancellationToken)
    {
        if (RunNumbers.Problem(run) is not null || type.Length > 60) return NotFound();
        Set = await shelf.OfTypeAsync(run, type, cancellationToken);
        if (!Set.Exist)
        {
            // An address without maps still says how they are made.
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var executions = Set.Maps.Select(map => map.ExecutionId).Distinct().ToList();
        var lists = await db.ExecutionFiles.AsNoTracking()
            .Where(file => executions.Contains(file.ExecutionId) && file.RunNumber == run && file.MapType == null && file.Kind == ScriptOutputKind.Text)
            .OrderByDescending(file => file.ExecutionId)
            .Select(file => new ListFile(file.Id, file.Name, file.Size)).ToListAsync(cancellationToken);
        Lists = [.. lists.DistinctBy(file => file.Name).OrderBy(file => file.Name, StringComparer.Ordinal)];
        return Page();
    }
}
