using System.Globalization;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Certify;

/// <summary>One condition of a run beside that of a reference; null when unknown.</summary>
/// <param name="Title">What.</param>
/// <param name="Run">Of the run.</param>
/// <param name="Reference">Of the reference.</param>
/// <param name="IsSetting">Whether it is set, and so is either the same or another; measured values always differ a little.</param>
public sealed record ConditionRow(string Title, string? Run, string? Reference, bool IsSetting)
{
    public bool Differs => IsSetting && Run is not null && Reference is not null && Run != Reference;
}

/// <summary>Conditions in the order in which they matter.</summary>
public static class ConditionRows
{
    public static IReadOnlyList<ConditionRow> Of(RunConditions run, RunConditions reference)
    {
        return
        [
            Set("Type", of => of.Type is { } type ? Words.Of(type) : null),
            Set("Era", of => of.Era),
            Set("B field", of => Number(of.BFieldTesla, "0.0#", " T")),
            Set("Energy", of => Number(of.EnergyGev, "#,0", " GeV")),
            Set("APV mode", of => of.ApvMode is { } mode ? Words.Short(mode) : null),
            Set("Fill scheme", of => of.InjectionScheme),
            Row("Bunches", of => Number(of.BunchesColliding, "#,0", "")),
            Row("Pile-up", of => Number(of.PeakPileup, "0.0", "")),
            Row("LS", of => Number(of.Lumisections, "#,0", "")),
            Row("Recorded", of => of.RecordedLumiInvPb is { } value ? LuminosityText.Short(value) : null),
            Row("Taken", of => of.StartTime is { } start ? Clock.Iso(ExperimentDay.Of(start)) : null),
        ];

        ConditionRow Set(string title, Func<RunConditions, string?> say) => new(title, say(run), say(reference), IsSetting: true);

        ConditionRow Row(string title, Func<RunConditions, string?> say) => new(title, say(run), say(reference), IsSetting: false);
    }

    private static string? Number(double? value, string format, string unit) =>
        value?.ToString(format, CultureInfo.InvariantCulture) is { } text ? text + unit : null;
}
