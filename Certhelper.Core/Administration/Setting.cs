using Certhelper.Core.People;

namespace Certhelper.Core.Administration;

/// <summary>
/// Something that administrators may set while the site runs: a switch, a limit of a rule, the banner, maintenance. The row stays
/// when it is put back, so that its history in the audit is one.
/// </summary>
public sealed class Setting
{
    /// <summary>One of <see cref="SettingKeys"/>.</summary>
    public required string Key { get; init; }

    /// <summary>Null for what the configuration says.</summary>
    public string? Value { get; set; }

    /// <summary>Why it was changed last.</summary>
    public required string Why { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public int UpdatedById { get; set; }

    public User? UpdatedBy { get; set; }

    public uint Version { get; set; }
}

/// <summary>Names of settings.</summary>
public static class SettingKeys
{
    public const string Banner = "banner";

    public const string Maintenance = "maintenance";

    private const string SwitchStart = "switch.";

    private const string LimitStart = "limit.";

    public static string Of(Feature feature) => SwitchStart + feature;

    /// <param name="option">Name of the property of the options.</param>
    public static string OfLimit(string option) => LimitStart + option;

    /// <summary>Name of the property of the options that a key is about; null for other keys.</summary>
    public static string? Limit(string key) => key.StartsWith(LimitStart, StringComparison.Ordinal) ? key[LimitStart.Length..] : null;
}
