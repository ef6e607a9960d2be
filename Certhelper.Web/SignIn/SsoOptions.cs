using System.ComponentModel.DataAnnotations;

namespace Certhelper.Web.SignIn;

/// <summary>The single sign-on service: an OpenID Connect provider that answers as CERN's does.</summary>
public sealed class SsoOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Sso";

    /// <summary>Issuer URL.</summary>
    [Required(ErrorMessage = "Sso:Authority is not set (example: Sso__Authority=https://auth.cern.ch/auth/realms/cern).")]
    public string Authority { get; set; } = "";

    /// <summary>The application's id in the Application Portal.</summary>
    [Required(ErrorMessage = "Sso:ClientId is not set (example: Sso__ClientId=certhelper).")]
    public string ClientId { get; set; } = "";

    [Required(ErrorMessage = "Sso:ClientSecret is not set (example: Sso__ClientSecret=… as the Application Portal shows it).")]
    public string ClientSecret { get; set; } = "";

    /// <summary>How long roles hold before CERN SSO is asked again, while a session is used.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00", ErrorMessage = "Sso:RolesEvery is a time from one to ten minutes (example: Sso__RolesEvery=00:10:00).")]
    public TimeSpan RolesEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a session goes on with the roles that were read last while CERN SSO cannot be asked. After that it ends.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00", ErrorMessage = "Sso:RolesWithoutSso is a time up to twelve hours (example: Sso__RolesWithoutSso=08:00:00).")]
    public TimeSpan RolesWithoutSso { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Whether the authority is spoken to in plain text, which only a stand-in on the same machine is.</summary>
    public bool IsPlainText => Uri.TryCreate(Authority, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            yield return new ValidationResult($"Sso:Authority is no web address: \"{Authority}\" (example: Sso__Authority=https://auth.cern.ch/auth/realms/cern).");
        else if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
            yield return new ValidationResult($"Sso:Authority must use https unless it is on this machine: \"{Authority}\" (example: Sso__Authority=https://auth.cern.ch/auth/realms/cern).");
    }
}
