using System.Globalization;

namespace Certhelper.Core.Certification.Rules;

/// <summary>One thing that the second look checks.</summary>
/// <param name="Key">Stays with confirmed findings, so it never changes: <c>bad-without-problem</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Does">When it says something, for the page that lists the rules.</param>
/// <param name="Severity">What it asks of the person.</param>
/// <param name="Look">What it remarks; nothing when all is well or when it lacks the facts to tell.</param>
public sealed record LookRule(string Key, string Title, string Does, FindingSeverity Severity, Func<LookCase, IEnumerable<Remark>> Look)
{
    public IReadOnlyList<LookThreshold> Thresholds { get; init; } = [];

    /// <summary>One finding whatever the number of remarks: one reason answers them together.</summary>
    public Finding? Find(LookCase look)
    {
        var remarks = Look(look).ToList();
        return remarks.Count == 0 ? null : new Finding(Key, Severity, string.Join(' ', remarks.Select(remark => remark.Words)), remarks[0].Field);
    }
}

/// <summary>A sentence about what was found.</summary>
/// <param name="Words">With numbers and units.</param>
/// <param name="Field">The property of <see cref="CertificationInput"/> to look at; empty when there is none.</param>
public sealed record Remark(string Words, string Field = "");

/// <summary>A number that a rule compares with.</summary>
/// <param name="Option">Name of the property of <see cref="CertificationOptions"/>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">Reads it.</param>
public sealed record LookThreshold(string Option, string Unit, Func<CertificationOptions, double> Value)
{
    /// <summary>The key by which it is configured.</summary>
    public string ConfigurationKey => $"{CertificationOptions.Section}:{Option}";

    /// <summary><c>0.1 T</c>.</summary>
    public string Say(CertificationOptions options) => $"{Value(options).ToString("#,0.###", CultureInfo.InvariantCulture)} {Unit}";
}
