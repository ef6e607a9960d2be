using System.ComponentModel.DataAnnotations;

namespace Certhelper.Standins;

/// <summary>Configuration section <c>Standins</c>.</summary>
public sealed class StandinsOptions
{
    /// <summary>The one application that may sign people in and get API tokens.</summary>
    [Required(ErrorMessage = "Standins:ClientId names the application that signs people in (example: certhelper).")]
    public string ClientId { get; set; } = "certhelper";

    /// <summary>Its secret; the same value as <c>Sso:ClientSecret</c> of the web.</summary>
    [Required(ErrorMessage = "Standins:ClientSecret is the secret of that application (example: Standins__ClientSecret=a-long-random-word).")]
    public string ClientSecret { get; set; } = "";

    /// <summary>Where signing keys are kept between starts; keys last only as long as the process when it is empty.</summary>
    public string? DataFolder { get; set; }

    /// <summary>Port on which mail is taken, by 127.0.0.1 only; null for none.</summary>
    [Range(1, 65_535, ErrorMessage = "Standins:SmtpPort is the port on which mail is taken (1 to 65535, example: 2525).")]
    public int? SmtpPort { get; set; }
}
