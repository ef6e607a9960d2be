using System.Text;

namespace Certhelper.OpenShift.Output;

/// <summary>The script that makes the Secret once: asks for what somebody knows, makes up what nobody needs to know.</summary>
internal static class SecretsScript
{
    public static string Text(string application, IReadOnlyList<SecretKey> keys)
    {
        var lines = new StringBuilder();
        // Escaped forms come from others, so they come last.
        foreach (var key in keys.OrderBy(key => key.UriOf is null ? 0 : 1).ThenBy(key => key.Name, StringComparer.Ordinal))
        {
            lines.Append(key switch
            {
                { UriOf: { } of } => $"escaped {key.Name} {of}\n",
                { Generate: { } recipe } => FormattableString.Invariant($"made {key.Name} {Math.Max(recipe.MinLength, 22)}\n"),
                _ => $"asked {key.Name}\n",
            });
        }

        return Resource.Text("secrets.sh").Replace("@SECRET@", Names.Secret, StringComparison.Ordinal).Replace("@APPLICATION@", application, StringComparison.Ordinal).Replace("@KEYS@\n", lines.ToString(), StringComparison.Ordinal);
    }
}
