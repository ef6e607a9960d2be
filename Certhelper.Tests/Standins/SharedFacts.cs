using System.Text.Json;

namespace Certhelper.Tests.Standins;

/// <summary>The published facts beside the repository; tests that compare with them are skipped where they are absent.</summary>
internal static class SharedFacts
{
    private static readonly string? Found = Find();

    public static string Folder
    {
        get
        {
            Assert.SkipWhen(Found is null, "The published facts (shared/data beside the repository) are not here.");
            return Found!;
        }
    }

    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        return document.RootElement.Clone();
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(candidate, "fills", "fills-2010-2023.tsv"))) return candidate;
        }

        return null;
    }
}
