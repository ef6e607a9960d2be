using System.Text.Json;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>Generated passwords, kept in a file that only its owner reads.</summary>
internal sealed class Secrets(string path)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly Lock access = new();

    public bool Contains(string name) => Read().ContainsKey(name);

    public string GetOrAdd(string name, Func<string> make)
    {
        lock (access)
        {
            var secrets = Read();
            if (secrets.TryGetValue(name, out var known)) return known;

            secrets[name] = make();
            Write(secrets);
            return secrets[name];
        }
    }

    private SortedDictionary<string, string> Read() =>
        File.Exists(path) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? [] : [];

    private void Write(SortedDictionary<string, string> secrets)
    {
        var staging = path + ".new";
        File.Delete(staging);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(staging, options)) JsonSerializer.Serialize(file, secrets, Json);
        File.Move(staging, path, overwrite: true);
    }
}
