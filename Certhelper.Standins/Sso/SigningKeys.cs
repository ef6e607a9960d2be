using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Certhelper.Standins.Sso;

/// <summary>The realm's keys: RS256 for tokens, a symmetric one for codes and refresh tokens that only we read.</summary>
internal sealed class SigningKeys
{
    private SigningKeys(RSA rsa)
    {
        // The id follows from the key, so that a kept key keeps its id.
        Signing = new RsaSecurityKey(rsa) { KeyId = Convert.ToHexString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..16] };
        Encryption = new SymmetricSecurityKey(SHA256.HashData(rsa.ExportPkcs8PrivateKey()));
    }

    public RsaSecurityKey Signing { get; }

    public SymmetricSecurityKey Encryption { get; }

    /// <summary>Keys kept in the folder, so that a restart does not end anybody's session; new ones when there is none.</summary>
    public static SigningKeys Load(string? folder)
    {
        var rsa = RSA.Create(2048);
        if (string.IsNullOrWhiteSpace(folder)) return new SigningKeys(rsa);

        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "realm-key.pem");
        if (File.Exists(file))
        {
            rsa.ImportFromPem(File.ReadAllText(file));
        }
        else
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.Write(rsa.ExportPkcs8PrivateKeyPem());
        }

        return new SigningKeys(rsa);
    }
}
