using System.Globalization;
using Certhelper.Core.Oms;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Reports;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Storage;
using Certhelper.Web.Shell;
using Certhelper.Web.SignIn;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Certhelper.Web.Pages.Admin.Services;

/// <summary>The services outside: where they are, how they did, and a test.</summary>
[Authorize(Policy = nameof(Permission.ViewServices))]
public sealed class IndexModel(
    CerthelperDbContext db,
    ServiceCheck check,
    IOptions<OmsOptions> oms,
    IOptions<RunRegistryOptions> registry,
    IOptions<EbutzOptions> ebutz,
    IOptions<SsoOptions> sso,
    IOptions<MailOptions> mail,
    IOptionsMonitor<OpenIdConnectOptions> protocol,
    TimeProvider time) : PageModel
{
    /// <summary>A service with its address and the last failure, even when it has answered since.</summary>
    public sealed record Row(string Address, SourceState State, string? LastFailure);

    public sealed record Script(string Key, string Title);

    public sealed record Host(string Where, DateTimeOffset? SeenAt, IReadOnlyList<Script> Scripts);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<Host> Hosts { get; private set; } = [];

    private (string Name, string Address)[] Services =>
    [
        (SourceContact.Oms, oms.Value.BaseUrl),
        (SourceContact.RunRegistry, registry.Value.BaseUrl),
        (RoleRecheck.Source, sso.Value.Authority),
        (SourceContact.Ebutz, ebutz.Value.BaseUrl),
        (SourceContact.Mail, mail.Value.Host.Length == 0 ? "not configured" : string.Create(CultureInfo.InvariantCulture, $"{mail.Value.Host}:{mail.Value.Port}")),
    ];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var contacts = await db.SourceContacts.AsNoTracking().ToDictionaryAsync(contact => contact.Source, cancellationToken);
        var now = time.GetUtcNow();
        Rows = [.. Services.Select(service => new Row(service.Address, SourceState.Of(service.Name, contacts.GetValueOrDefault(service.Name), now), contacts.GetValueOrDefault(service.Name)?.LastFailure))];

        var versions = await db.ScriptVersions.AsNoTracking()
            .Where(version => version.Script!.RetiredAt == null && version.Number == db.ScriptVersions.Where(other => other.ScriptId == version.ScriptId).Max(other => other.Number))
            .Select(version => new { version.Script!.Key, version.Script.Title, version.Definition }).ToListAsync(cancellationToken);
        var keys = await db.HostKeys.AsNoTracking().Select(key => new { key.Host, key.Port, key.LastSeenAt }).ToListAsync(cancellationToken);
        Hosts =
        [
            .. versions.GroupBy(version => (version.Definition.Host, version.Definition.Port)).OrderBy(group => group.Key.Host, StringComparer.Ordinal)
                .Select(group => new Host(
                    string.Create(CultureInfo.InvariantCulture, $"{group.Key.Host}:{group.Key.Port}"),
                    keys.Where(key => key.Host == group.Key.Host && key.Port == group.Key.Port).Select(key => (DateTimeOffset?)key.LastSeenAt).Max(),
                    [.. group.Select(version => new Script(version.Key, version.Title)).OrderBy(script => script.Title, StringComparer.Ordinal)])),
        ];
    }

    public async Task<IActionResult> OnPostAsync(string? service, CancellationToken cancellationToken)
    {
        if (Services.All(known => known.Name != service)) return NotFound();
        var problem = await check.AskAsync(service!, service == RoleRecheck.Source ? AskSsoAsync : null, cancellationToken);
        TempData.Add(problem is null ? new Toast($"{service} answers.") : new Toast(problem, IsProblem: true));
        return LocalRedirect("/admin/services");
    }

    // The manager would answer with what it has kept.
    private async Task AskSsoAsync(CancellationToken cancellationToken)
    {
        var options = protocol.Get(SignInSetup.SsoScheme);
        using var answer = await options.Backchannel.GetAsync(options.MetadataAddress, cancellationToken);
        if (!answer.IsSuccessStatusCode) throw new OutsideServiceException(RoleRecheck.Source, string.Create(CultureInfo.InvariantCulture, $"CERN SSO answered {(int)answer.StatusCode}."));
    }
}
