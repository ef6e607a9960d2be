using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Certhelper.Core.Certification;
using Microsoft.Extensions.Options;

namespace Certhelper.Core.Administration;

/// <summary>
/// The limits of rules as they hold now: what administrators set, else what the configuration says. It stands in for the options
/// themselves, so that every rule follows a change without knowing of it.
/// </summary>
public sealed class LimitBook(IOptionsMonitor<CertificationOptions> configured, SiteBoard board) : IOptions<CertificationOptions>
{
    private static readonly Dictionary<string, (PropertyInfo Property, RangeAttribute Range)> Options = typeof(CertificationOptions)
        .GetProperties().Where(property => property.GetCustomAttribute<RangeAttribute>() is not null)
        .ToDictionary(property => property.Name, property => (property, property.GetCustomAttribute<RangeAttribute>()!), StringComparer.Ordinal);

    private (SiteState State, CertificationOptions From, CertificationOptions Value)? last;

    /// <summary>What the configuration says.</summary>
    public CertificationOptions Configured => configured.CurrentValue;

    public CertificationOptions Value
    {
        get
        {
            var (state, from) = (board.Now, configured.CurrentValue);
            // Worked out once for each change; two requests that do it at once come to the same.
            if (last is { } known && known.State == state && known.From == from) return known.Value;
            var value = Apply(from, state.Limits);
            last = (state, from, value);
            return value;
        }
    }

    public static bool Knows(string option) => Options.ContainsKey(option);

    /// <summary>Between what a value may lie, in words.</summary>
    public static string Between(string option) => string.Create(CultureInfo.InvariantCulture, $"from {Options[option].Range.Minimum} to {Options[option].Range.Maximum}");

    /// <summary>What is wrong with a value as typed; null when nothing is.</summary>
    public string? Problem(string option, string typed, out string? stored)
    {
        var (property, range) = Options[option];
        stored = Parse(property, typed) is { } value && range.IsValid(value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        if (stored is null)
            return $"Write a {(property.PropertyType == typeof(int) ? "whole number" : "number")} {Between(option)}.";
        var with = Apply(Value, new Dictionary<string, string> { [option] = stored });
        // Where one is noted before the other asks for a reason, they must lie in this order.
        return with.ReferenceAgeDays > with.ReferenceOldDays ? "The days for a word must not be more than the days for a reason."
            : with.FewLumisections >= with.ManyLumisections ? "Few lumisections must be fewer than many."
            : null;
    }

    // The caller never sees a half-written one, and a row of an older version that does not fit any more is left out.
    private static CertificationOptions Apply(CertificationOptions from, IReadOnlyDictionary<string, string> limits)
    {
        if (limits.Count == 0) return from;
        var value = new CertificationOptions();
        foreach (var (name, (property, range)) in Options)
            property.SetValue(value, limits.TryGetValue(name, out var text) && Parse(property, text) is { } set && range.IsValid(set) ? set : property.GetValue(from));
        return value;
    }

    private static object? Parse(PropertyInfo property, string text) => property.PropertyType == typeof(int)
        ? int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null
        : double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
