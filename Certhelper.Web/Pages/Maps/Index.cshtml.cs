using Certhelper.Core.People;
using Certhelper.Core.Runs;
using Certhelper.Web.Lists;
using Certhelper.Web.Maps;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Certhelper.Web.Pages.Maps;

/// <summary>The gallery of tracker maps.</summary>
[Authorize(Policy = nameof(Permission.ViewData))]
public sealed class IndexModel(MapGallery gallery, TimeProvider time) : PageModel
{
    public MapFilter Filter { get; private set; } = null!;

    public PageOf<GalleryShelf> List { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, int? size, CancellationToken cancellationToken)
    {
        Filter = MapFilter.Read(Request.Query, ExperimentDay.Today(time));
        List = await gallery.PageAsync(Filter, number, Paging.SizeOf(size), cancellationToken);
    }
}
