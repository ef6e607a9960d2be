using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Scripts;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Maps;

/// <summary>Maps of a run reconstruction beside the fields of the form, each with the way to the same map of the reference.</summary>
/// <param name="Own">Of the run reconstruction.</param>
/// <param name="Reconstruction">Which.</param>
/// <param name="ReferenceName">The chosen reference, as <c>380115 express</c>; null when none is chosen.</param>
/// <param name="ReferenceMaps">Its maps; null when none is chosen.</param>
public sealed record MapsBesideForm(MapSet Own, Reconstruction Reconstruction, string? ReferenceName, MapSet? ReferenceMaps)
{
    /// <summary>The run to compare a map with; null when the reference does not have it.</summary>
    public int? ReferenceFor(StoredMap map) => ReferenceMaps?.Find(map.Name)?.RunNumber;
}

/// <summary>Finds the maps of the chosen reference, and draws those of the run beside them.</summary>
public sealed class MapsBeside(MapShelf shelf) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(MapSet own, Reconstruction reconstruction, RunConditions? reference) =>
        View(new MapsBesideForm(
            own, reconstruction, reference?.Name,
            reference is null ? null : await shelf.OfAsync(reference.RunNumber, reference.Reconstruction, reference.Type, HttpContext.RequestAborted)));
}
