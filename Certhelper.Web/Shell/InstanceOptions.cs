using System.ComponentModel.DataAnnotations;

namespace Certhelper.Web.Shell;

/// <summary>Which of several installations this is, so that nobody certifies real runs in a playground.</summary>
public sealed class InstanceOptions
{
    public const string Section = "Instance";

    /// <summary>Shown in the top bar: production, training, local …</summary>
    [StringLength(20, MinimumLength = 1, ErrorMessage = "Instance:Name must have 1 to 20 letters (example: Instance__Name=training).")]
    [Required(ErrorMessage = "Instance:Name must not be empty (example: Instance__Name=training).")]
    public string Name { get; set; } = "production";

    /// <summary>Each kind has its own colour; an unknown name looks like a playground.</summary>
    public string Kind => Name.ToLowerInvariant() switch
    {
        "production" => "production",
        "training" => "training",
        _ => "local",
    };
}
