namespace Certhelper.Tests.Oms;

/// <summary>
/// Recorded answers of the outside services. They lie beside the repository and not in it, so tests that read them are
/// skipped where they are absent; <c>CERTHELPER_SHARED_DATA</c> names another folder.
/// </summary>
internal static class SharedData
{
    /// <summary>The file's text; skips the test when the file is absent.</summary>
    public static string Read(string path)
    {
        var file = Path.Combine(Folder(), path);
        Assert.SkipUnless(File.Exists(file), $"The recorded answer {path} is not here ({file}).");
        return File.ReadAllText(file);
    }

    private static string Folder() =>
        Environment.GetEnvironmentVariable("CERTHELPER_SHARED_DATA") is { Length: > 0 } configured
            ? configured
            : Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "data"));

    /// <summary>The folder with the solution.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Certhelper.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
        return folder;
    }
}
