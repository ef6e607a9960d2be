using Certhelper.OpenShift;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Output;

return await Conversion.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);

namespace Certhelper.OpenShift
{
    /// <summary>The command: reads two files, writes a folder; all or nothing.</summary>
    internal static class Conversion
    {
        private const string Usage = "usage: certhelper openshift [--overlay NAME] [--manifest FILE] [--values FILE] [--output FOLDER]";

        /// <returns>0; 1 when the manifest or the values cannot be converted, and nothing is written; 2 for wrong arguments.</returns>
        public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
        {
            var options = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["--manifest"] = "aspire-manifest.json",
                ["--values"] = Path.Combine("deploy", "values.yaml"),
                ["--output"] = Path.Combine("deploy", "openshift"),
                ["--overlay"] = "",
            };
            for (var index = 0; index < args.Length; index += 2)
            {
                if (!options.ContainsKey(args[index]) || index + 1 == args.Length)
                {
                    await error.WriteLineAsync($"certhelper openshift: \"{args[index]}\" is not known or has no value.\n{Usage}");
                    return 2;
                }

                options[args[index]] = args[index + 1];
            }

            try
            {
                var manifest = ManifestReader.Read(await ReadAsync(options["--manifest"], cancellationToken));
                var values = ValuesReader.Read(await ReadAsync(options["--values"], cancellationToken), manifest);
                IReadOnlyCollection<string> overlays = options["--overlay"].Length > 0 ? [options["--overlay"]] : values.Overlays.Keys;
                var files = Tree.Files(manifest, values, overlays, out var composition);
                await WriteAsync(options["--output"], files, overlays, cancellationToken);
                foreach (var left in composition.LeftOut) await output.WriteLineAsync("left out: " + left);
                await output.WriteLineAsync($"{files.Count} files in {options["--output"]}; secrets: {string.Join(", ", composition.Secrets.Select(secret => secret.Name))}");
                foreach (var overlay in overlays) await output.WriteLineAsync($"oc apply -k {Path.Combine(options["--output"], "overlays", overlay)}");
                return 0;
            }
            catch (ConversionException exception)
            {
                await error.WriteLineAsync("certhelper openshift: " + exception.Message);
                return 1;
            }
        }

        private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) => File.Exists(path)
            ? await File.ReadAllTextAsync(path, cancellationToken)
            : throw new ConversionException($"There is no {path}.");

        private static async Task WriteAsync(string folder, SortedDictionary<string, string> files, IEnumerable<string> overlays, CancellationToken cancellationToken)
        {
            // What an earlier run wrote and this one does not would still be applied.
            foreach (var owned in overlays.Select(overlay => Path.Combine("overlays", overlay)).Prepend("components").Prepend("base"))
            {
                var path = Path.Combine(folder, owned);
                if (!Directory.Exists(path)) continue;
                foreach (var file in Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories))
                {
                    if (!files.ContainsKey(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))) File.Delete(file);
                }
            }

            foreach (var (name, text) in files)
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                // An unchanged file keeps its time, so that nothing is built again because of it.
                if (!File.Exists(path) || await File.ReadAllTextAsync(path, cancellationToken) != text) await File.WriteAllTextAsync(path, text, cancellationToken);
                if (name.EndsWith(".sh", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
    }
}
