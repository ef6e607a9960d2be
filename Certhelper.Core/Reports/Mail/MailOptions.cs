using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using MimeKit;

namespace Certhelper.Core.Reports;

/// <summary>Section <c>Mail</c>: the server by which reports are sent. The password is in the configuration or in a mounted file.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>Name of the server, as <c>cernmx.cern.ch</c>; empty means that nothing is sent.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65_535, ErrorMessage = "Mail:Port is the port of the mail server (1 to 65535, example: 25).")]
    public int Port { get; set; } = 25;

    /// <summary>How the connection is protected: None, Auto, SslOnConnect, StartTls, StartTlsWhenAvailable.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTlsWhenAvailable;

    /// <summary>Empty for a server that takes mail without signing in.</summary>
    public string Account { get; set; } = "";

    public string? Password { get; set; }

    public string? PasswordFile { get; set; }

    /// <summary>Who writes.</summary>
    public string From { get; set; } = "Certhelper <certhelper@cern.ch>";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailboxAddress.TryParse(From, out _)) yield return new ValidationResult("Mail:From is no address (example: Certhelper <certhelper@cern.ch>).", [nameof(From)]);
        if (Account.Length > 0 && string.IsNullOrEmpty(Password) && string.IsNullOrEmpty(PasswordFile))
            yield return new ValidationResult("Mail:Account needs Mail:Password, or Mail:PasswordFile for a mounted secret.", [nameof(Password)]);
    }
}
