namespace Certhelper.Core.Runs;

/// <summary>One processing of a run's data.</summary>
public enum Reconstruction
{
    Online,
    Express,
    Prompt,
    ReReco,
    ReRecoUl,
}

/// <summary>Names of reconstructions in URLs, on pages and inside dataset names.</summary>
public static class Reconstructions
{
    /// <summary>Those that shifters certify, in the order in which they appear for a run.</summary>
    public static IReadOnlyList<Reconstruction> Certifiable { get; } =
        [Reconstruction.Express, Reconstruction.Prompt, Reconstruction.ReReco, Reconstruction.ReRecoUl];

    /// <summary>The code in URLs and exports: <c>express</c>, <c>rerecoul</c>.</summary>
    public static string Code(this Reconstruction reconstruction) => reconstruction switch
    {
        Reconstruction.Online => "online",
        Reconstruction.Express => "express",
        Reconstruction.Prompt => "prompt",
        Reconstruction.ReReco => "rereco",
        Reconstruction.ReRecoUl => "rerecoul",
    };

    /// <summary>The name that people read.</summary>
    public static string Title(this Reconstruction reconstruction) => reconstruction switch
    {
        Reconstruction.Online => "Online",
        Reconstruction.Express => "Express",
        Reconstruction.Prompt => "Prompt",
        Reconstruction.ReReco => "ReReco",
        Reconstruction.ReRecoUl => "ReReco UL",
    };

    /// <summary>Reads a URL code; false when it names no reconstruction.</summary>
    public static bool TryParse(string? code, out Reconstruction reconstruction)
    {
        foreach (var candidate in Enum.GetValues<Reconstruction>())
        {
            if (string.Equals(candidate.Code(), code, StringComparison.OrdinalIgnoreCase))
            {
                reconstruction = candidate;
                return true;
            }
        }

        reconstruction = default;
        return false;
    }

    /// <summary>
    /// The reconstruction that a dataset holds, from its Run Registry or DQM name. "UL" is case-sensitive because
    /// lower-case "ul" occurs inside ordinary words.
    /// </summary>
    public static Reconstruction? FromDatasetName(string? name)
    {
        var trimmed = name?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        if (trimmed.Equals("online", StringComparison.OrdinalIgnoreCase)) return Reconstruction.Online;
        if (trimmed.Contains("express", StringComparison.OrdinalIgnoreCase)) return Reconstruction.Express;
        if (trimmed.Contains("prompt", StringComparison.OrdinalIgnoreCase)) return Reconstruction.Prompt;
        if (!trimmed.Contains("rereco", StringComparison.OrdinalIgnoreCase)) return null;
        return trimmed.Contains("UL", StringComparison.Ordinal) ? Reconstruction.ReRecoUl : Reconstruction.ReReco;
    }
}
