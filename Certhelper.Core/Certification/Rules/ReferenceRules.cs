using Certhelper.Core.References;
using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification.Rules;

/// <summary>Whether the reference is one to compare with.</summary>
internal static class ReferenceRules
{
    private const string Field = nameof(CertificationInput.ReferenceId);

    public static IReadOnlyList<LookRule> All { get; } =
    [
        new(
            "reference-missing",
            "No reference is chosen",
            "There is a reference of the run's type, and none is chosen; not asked again of what was saved without one.",
            FindingSeverity.Confirm,
            look => look.Input.ReferenceId is null && look.ReferencesExist && !look.HadNoReference
                ? [new Remark($"No reference is chosen, although there are some for {look.Conditions.Type?.ToString().ToLowerInvariant()}.", Field)]
                : []),
        Compared(
            "reference-itself",
            "The run is its own reference",
            "The reference is the run reconstruction that is certified.",
            FindingSeverity.Confirm,
            (look, reference) => reference.Conditions.Name == look.Conditions.Name ? $"{reference.Name} would be compared with itself." : null),
        Compared(
            "reference-run-type",
            "The reference is of the other run type",
            "Collisions are compared with collisions, cosmics with cosmics.",
            FindingSeverity.Confirm,
            (look, reference) => (look.Conditions.Type, reference.Conditions.Type) is ({ } mine, { } its) && mine != its
                ? $"The reference {reference.Name} is a {Word(its)} run, this is a {Word(mine)} run."
                : null),
        Compared(
            "reference-reconstruction",
            "The reference is another reconstruction",
            "Express is best compared with express, prompt with prompt.",
            FindingSeverity.Note,
            (look, reference) => reference.Conditions.Reconstruction != look.Conditions.Reconstruction
                ? $"The reference {reference.Name} is {reference.Conditions.Reconstruction.Code()}, this is {look.Conditions.Reconstruction.Code()}."
                : null),
        Compared(
            "reference-era",
            "The reference is of another era",
            "Detector and conditions change between eras.",
            FindingSeverity.Note,
            (look, reference) => (look.Conditions.Era, reference.Conditions.Era) is ({ } mine, { } its) && !mine.Equals(its, StringComparison.OrdinalIgnoreCase)
                ? $"The reference {reference.Name} is of era {its}, this run of {mine}."
                : null),
        Compared(
            "reference-b-field",
            "The magnet's field was another",
            "Tracks bend differently.",
            FindingSeverity.Confirm,
            (look, reference) => RunConditions.SameField(look.Conditions.BFieldTesla, reference.Conditions.BFieldTesla, look.Options.BFieldToleranceTesla) == false
                ? $"The reference {reference.Name} was taken at {Say.Tesla(reference.Conditions.BFieldTesla!.Value)}, this run at {Say.Tesla(look.Conditions.BFieldTesla!.Value)}."
                : null) with
        {
            Thresholds = [new(nameof(CertificationOptions.BFieldToleranceTesla), "T", options => options.BFieldToleranceTesla)],
        },
        Compared(
            "reference-apv-mode",
            "The strip tracker was read out in another mode",
            "Signal to noise of peak and deconvolution mode cannot be compared.",
            FindingSeverity.Note,
            (look, reference) => (look.Conditions.ApvMode, reference.Conditions.ApvMode) is ({ } mine, { } its) && mine != its
                ? $"The reference {reference.Name} was read out in {its.ToString().ToLowerInvariant()} mode, this run in {mine.ToString().ToLowerInvariant()} mode."
                : null),
        Compared(
            "reference-age",
            "The reference is far away in time",
            "More days between the two than this, but not as many as for the next rule.",
            FindingSeverity.Note,
            (look, reference) => Days(look, reference) is { } days && Math.Abs(days) > look.Options.ReferenceAgeDays && Math.Abs(days) <= look.Options.ReferenceOldDays
                ? Apart(reference, days)
                : null) with
        {
            Thresholds = [new(nameof(CertificationOptions.ReferenceAgeDays), "days", options => options.ReferenceAgeDays)],
        },
        Compared(
            "reference-old",
            "The reference is very far away in time",
            "More days between the two than this.",
            FindingSeverity.Confirm,
            (look, reference) => Days(look, reference) is { } days && Math.Abs(days) > look.Options.ReferenceOldDays ? Apart(reference, days) : null) with
        {
            Thresholds = [new(nameof(CertificationOptions.ReferenceOldDays), "days", options => options.ReferenceOldDays)],
        },
        Compared(
            "reference-later",
            "The reference was taken after the run",
            "Usually one compares with what was good before.",
            FindingSeverity.Note,
            (look, reference) => (look.Conditions.StartTime, reference.Conditions.StartTime) is ({ } mine, { } its) && its > mine
                ? $"The reference {reference.Name} was taken after this run: on {Say.Day(its)}, this run on {Say.Day(mine)}."
                : null),
        Compared(
            "reference-retired",
            "The reference is retired",
            "It was taken out of the choice after it was chosen here.",
            FindingSeverity.Confirm,
            (_, reference) => reference.IsRetired ? $"The reference {reference.Name} has been retired." : null),
        Compared(
            "reference-not-good",
            "The reference is not certified as good any more",
            "Its own certification was changed or deleted after it became a reference.",
            FindingSeverity.Confirm,
            (_, reference) => reference.IsGood ? null : $"The reference {reference.Name} is not certified as good any more."),
        Compared(
            "reference-validity",
            "The reference is not meant for such runs",
            "Shift leaders say for which run types, reconstructions and eras a reference is meant.",
            FindingSeverity.Confirm,
            (look, reference) => reference.Validity.Objection(look.Conditions) is { } objection ? $"The reference {reference.Name} is {objection}." : null),
    ];

    private static LookRule Compared(
        string key, string title, string does, FindingSeverity severity, Func<LookCase, ReferenceCase, string?> compare) => new(
            key, title, does, severity, look => look.Reference is { } reference && compare(look, reference) is { } words ? [new Remark(words, Field)] : []);

    /// <summary>By how many days the reference is older; negative when it is younger. Null when a start is unknown.</summary>
    private static int? Days(LookCase look, ReferenceCase reference) =>
        (look.Conditions.StartTime, reference.Conditions.StartTime) is ({ } mine, { } its) ? (int)Math.Round((mine - its).TotalDays) : null;

    private static string Apart(ReferenceCase reference, int days) =>
        $"The reference {reference.Name} is {Say.Count(Math.Abs(days), "day")} {(days > 0 ? "older" : "younger")} than this run.";

    private static string Word(RunType type) => type.ToString().ToLowerInvariant();
}
