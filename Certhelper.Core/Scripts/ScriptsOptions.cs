using System.ComponentModel.DataAnnotations;

namespace Certhelper.Core.Scripts;

/// <summary>Configuration section <c>Scripts</c>. Secrets are here or in mounted files, never in the database.</summary>
public sealed class ScriptsOptions
{
    public const string Section = "Scripts";

    /// <summary>What <c>{root}</c> in folders means.</summary>
    [Required(ErrorMessage = "Scripts:Root is the folder under which the hosts keep data and scripts (example: /data).")]
    public string Root { get; set; } = "/data";

    /// <summary>Where a host really is, by the name in definitions: <c>vocms066</c> → <c>127.0.0.1:2222</c>.</summary>
    public Dictionary<string, string> Addresses { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By the name in definitions.</summary>
    public Dictionary<string, ScriptCredential> Credentials { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether scripts to practise with are added to a new installation; they need the stand-in host.</summary>
    public bool Practice { get; set; }

    /// <summary>Executions that one process follows at the same time.</summary>
    [Range(1, 200, ErrorMessage = "Scripts:Workers is the number of executions that one process follows (1 to 200, example: 20).")]
    public int Workers { get; set; } = 20;

    /// <summary>A folder for fetched files, shared by all processes; empty means the database.</summary>
    public string? FilesFolder { get; set; }
}

/// <summary>How to get into an account. A value may be in a file instead (<c>…File</c>), as mounted secrets are.</summary>
public sealed class ScriptCredential
{
    /// <summary>
    /// The hosts that it is for, as definitions name them, with commas between; without it the one whose name it has. Who may edit
    /// scripts decides where they run, but not to whom a secret is shown.
    /// </summary>
    public string? Hosts { get; set; }

    public string? Account { get; set; }

    public string? Password { get; set; }

    public string? PasswordFile { get; set; }

    /// <summary>The key itself, in the format of OpenSSH or PEM.</summary>
    public string? PrivateKey { get; set; }

    public string? PrivateKeyFile { get; set; }

    /// <summary>What the private key is encrypted with.</summary>
    public string? Passphrase { get; set; }

    public string? PassphraseFile { get; set; }
}
