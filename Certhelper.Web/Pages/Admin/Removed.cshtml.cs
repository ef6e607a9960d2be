using System.Text.Encodings.Web;
using System.Text.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Admin;

/// <summary>What is left of certifications that were removed for good.</summary>
[Authorize(Policy = nameof(Permission.RemoveForGood))]
public sealed class RemovedModel(CerthelperDbContext db) : PageModel
{
    // The page encodes it; escaping here too would only make it hard to read.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public PageOf<RemovedCertification> List { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken cancellationToken) =>
        List = await db.RemovedCertifications.AsNoTracking().Include(row => row.RemovedBy)
            .OrderByDescending(row => row.RemovedAt).ThenByDescending(row => row.Id).PageAsync(number, cancellationToken);

    /// <summary>The body with line breaks.</summary>
    public static string Pretty(string body) => JsonSerializer.Serialize(JsonDocument.Parse(body).RootElement, Readable);
}
