using Certhelper.Standins.Facts;
using Certhelper.Standins.Oms;

namespace Certhelper.Standins.RunRegistry;

/// <summary>A run as the registry keeps it: its own attributes, and a copy of what OMS said when it was taken over.</summary>
internal sealed record RegistryRun(
    int Number,
    IReadOnlyDictionary<string, object?> RegistryAttributes,
    IReadOnlyDictionary<string, object?> OmsAttributes,
    decimal Version)
{
    private static readonly string[] Flags = ["significant", "run_needs_to_be_updated_manually"];

    /// <summary>Number of lumisections as the registry counts them.</summary>
    public int Lumisections => OmsAttributes.GetValueOrDefault("ls_duration") is decimal count ? (int)count : 0;

    public static RegistryRun Of(FactLine line, OmsRow? oms)
    {
        var number = int.Parse(line["run_number"]!, System.Globalization.CultureInfo.InvariantCulture);
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in new[] { "class", "state" }) attributes[name] = line[name];
        foreach (var flag in Flags.Where(flag => line[flag] is not null)) attributes[flag] = bool.Parse(line[flag]!);
        if (line.Cells.ContainsKey("stop_reason")) attributes["stop_reason"] = line["stop_reason"];
        if (line["short_run"] is { } shortRun) attributes["short_run"] = Decimal(shortRun);
        return new RegistryRun(number, attributes, Copy(number, oms, line["ls_duration"]), Decimal(line["version"]!));
    }

    /// <summary>OMS's attributes with the registry's additions: one flag per subsystem that was in, and the number of lumisections.</summary>
    public static IReadOnlyDictionary<string, object?> Copy(int number, OmsRow? oms, string? lumisections)
    {
        var copy = new Dictionary<string, object?>(StringComparer.Ordinal) { ["run_number"] = (decimal)number };
        foreach (var name in oms?.Attributes ?? []) copy[name] = oms!.Get(name);
        foreach (var component in oms?.Get("components") as string[] ?? [])
#pragma warning disable CA1308 // The registry writes lower case.
            copy[$"{component.ToLowerInvariant()}_included"] = true;
#pragma warning restore CA1308
        copy["ls_duration"] = lumisections is null ? oms?.Number("last_lumisection_number") ?? 0m : Decimal(lumisections);
        // It never says true.
        copy["beams_present_and_stable"] = oms?.Flag("stable_beam") == true ? null : false;
        return copy;
    }

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
