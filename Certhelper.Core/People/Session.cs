using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Core.People;

/// <summary>What every process that reads the session must agree on: the cookie, its claims and the keys that protect it.</summary>
public static class Session
{
    /// <summary>Name of the cookie scheme.</summary>
    public const string Scheme = "session";

    /// <summary>Name of the cookie.</summary>
    public const string CookieName = "certhelper.session";

    /// <summary>Page that starts signing in; takes <c>returnUrl</c>.</summary>
    public const string SignInPath = "/signin";

    /// <summary>Claim with the login name.</summary>
    public const string LoginClaim = "login";

    /// <summary>Claim with the person's name.</summary>
    public const string NameClaim = "name";

    /// <summary>Claim with one role, by the name of <see cref="Role"/>; a person has several.</summary>
    public const string RoleClaim = "role";

    /// <summary>Claim with the role that an administrator looks as; his own roles are not in the session meanwhile.</summary>
    public const string ViewAsClaim = "view-as";

    /// <summary>Claim with the banner that the person has put away.</summary>
    public const string BannerClaim = "banner";

    /// <summary>Claim with the row id of the person in our own table.</summary>
    public const string UserIdClaim = "uid";

    /// <summary>
    /// Keys live in PostgreSQL, so that every replica of every process reads what another wrote. With
    /// <c>DataProtection:CertificateFile</c> they are encrypted there: whoever reads the database or its backup makes no cookie.
    /// </summary>
    public static IDataProtectionBuilder AddSharedKeys(this IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("certhelper").PersistKeysToDbContext<CerthelperDbContext>();
        if (configuration["DataProtection:CertificateFile"] is not { Length: > 0 } file) return keys;
        var password = configuration["DataProtection:CertificatePasswordFile"] is { Length: > 0 } secret
            ? File.ReadAllText(secret).Trim()
            : configuration["DataProtection:CertificatePassword"];
        if (!File.Exists(file))
            throw new InvalidOperationException($"DataProtection:CertificateFile does not exist: \"{file}\" (example: DataProtection__CertificateFile=/secrets/keys.pfx).");
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
        keys.ProtectKeysWithCertificate(certificate);
        // After a change of the certificate, keys that the one before protects are still read.
        if (configuration["DataProtection:PreviousCertificateFile"] is { Length: > 0 } previous)
            keys.UnprotectKeysWithAnyCertificate(certificate, X509CertificateLoader.LoadPkcs12FromFile(previous, password));
        return keys;
    }

    /// <summary>The roles of a signed-in person; empty when signed out.</summary>
    public static IReadOnlyList<Role> Roles(this ClaimsPrincipal principal) =>
    [
        .. principal.FindAll(RoleClaim)
            .Select(claim => Enum.TryParse<Role>(claim.Value, out var role) ? role : (Role?)null)
            .OfType<Role>(),
    ];

    /// <summary>Whether the permission table allows it.</summary>
    public static bool May(this ClaimsPrincipal principal, Permission permission) =>
        principal.Identity?.IsAuthenticated == true && PermissionTable.Allows(principal.Roles(), permission);

    /// <summary>Row id of the person; null when signed out.</summary>
    public static int? UserId(this ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(UserIdClaim), out var id) ? id : null;

    /// <summary>The role that an administrator looks as; null for everybody else.</summary>
    public static Role? ViewsAs(this ClaimsPrincipal principal) => Enum.TryParse<Role>(principal.FindFirstValue(ViewAsClaim), out var role) ? role : null;
}
