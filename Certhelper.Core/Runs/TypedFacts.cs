using Certhelper.Core.Certification;

namespace Certhelper.Core.Runs;

/// <summary>
/// Facts of a run and its fill that a person typed because OMS could not be asked or was wrong. Null means not typed.
/// Integrated luminosities in pb⁻¹, instantaneous in 10³⁰ cm⁻²s⁻¹.
/// </summary>
public sealed record TypedFacts(
    RunType? Type = null,
    int? FillNumber = null,
    double? BFieldTesla = null,
    double? EnergyGev = null,
    int? Lumisections = null,
    double? RecordedLumiInvPb = null,
    double? DeliveredLumiInvPb = null,
    string? Era = null,
    string? HltKey = null,
    string? FillTypeRuntime = null,
    double? InitLumiE30 = null,
    double? EndLumiE30 = null,
    double? FillInitLumiE30 = null,
    double? FillPeakLumiE30 = null,
    double? FillPeakPileup = null,
    int? FillBunchesColliding = null)
{
    /// <summary>Whether anything was typed.</summary>
    public bool IsEmpty => this == new TypedFacts();

    /// <summary>Whether anything was typed of the fill itself.</summary>
    public bool HasFillFacts => (FillInitLumiE30 ?? FillPeakLumiE30 ?? FillPeakPileup ?? FillBunchesColliding) is not null;

    /// <summary>Values that no run of CMS can have; empty when all are sane.</summary>
    public IReadOnlyList<FieldError> Check()
    {
        var errors = new List<FieldError>();
        if (Type is { } type && !Enum.IsDefined(type)) Add(nameof(Type), "The run type is collisions or cosmics.");
        Between(nameof(FillNumber), FillNumber, 1, 99_999, "The fill number is between 1 and 99,999.");
        Between(nameof(BFieldTesla), BFieldTesla, 0, 4.5, "The magnet's field is between 0 and 4.5 T.");
        Between(nameof(EnergyGev), EnergyGev, 0, 8_000, "The beam energy is between 0 and 8,000 GeV.");
        Between(nameof(Lumisections), Lumisections, 0, 10_000, "A run has between 0 and 10,000 lumisections.");
        Between(nameof(RecordedLumiInvPb), RecordedLumiInvPb, 0, 10_000, "The recorded luminosity is between 0 and 10,000 pb⁻¹.");
        Between(nameof(DeliveredLumiInvPb), DeliveredLumiInvPb, 0, 10_000, "The delivered luminosity is between 0 and 10,000 pb⁻¹.");
        Between(nameof(InitLumiE30), InitLumiE30, 0, 1e6, "The initial luminosity is between 0 and 10³⁶ cm⁻²s⁻¹.");
        Between(nameof(EndLumiE30), EndLumiE30, 0, 1e6, "The final luminosity is between 0 and 10³⁶ cm⁻²s⁻¹.");
        Between(nameof(FillInitLumiE30), FillInitLumiE30, 0, 1e6, "The initial luminosity of the fill is between 0 and 10³⁶ cm⁻²s⁻¹.");
        Between(nameof(FillPeakLumiE30), FillPeakLumiE30, 0, 1e6, "The peak luminosity is between 0 and 10³⁶ cm⁻²s⁻¹.");
        Between(nameof(FillPeakPileup), FillPeakPileup, 0, 500, "The peak pile-up is between 0 and 500.");
        Between(nameof(FillBunchesColliding), FillBunchesColliding, 0, 3_564, "The LHC has between 0 and 3,564 colliding bunches.");
        if (RecordedLumiInvPb > DeliveredLumiInvPb)
            Add(nameof(RecordedLumiInvPb), "More luminosity was recorded than delivered: one of the two is mistyped.");
        Short(nameof(Era), Era, 40, "The era is at most 40 characters, such as 2018D.");
        Short(nameof(HltKey), HltKey, 256, "The HLT key is at most 256 characters.");
        Short(nameof(FillTypeRuntime), FillTypeRuntime, 40, "The fill type is at most 40 characters, such as PROTONS.");
        return errors;

        void Add(string field, string message) => errors.Add(new FieldError(field, message));

        void Between(string field, double? value, double from, double to, string message)
        {
            if (value is { } number && !(number >= from && number <= to)) Add(field, message);
        }

        void Short(string field, string? value, int length, string message)
        {
            if (value?.Length > length) Add(field, message);
        }
    }
}
