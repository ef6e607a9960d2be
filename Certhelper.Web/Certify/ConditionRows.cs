using System.Globalization;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Certify;

/// <summary>One condition of a run beside that of a reference; null when unknown.</summary>
public sealed record ConditionRow(string Title, string? Run, string? Reference)
{
    public bool Differs => Run is not null && Reference is not null && Run != Reference;
}

/// <summary>Conditions in the order in which they matter.</summary>
public static class ConditionRows
{
    public static IReadOnlyList<ConditionRow> Of(RunConditions run, RunConditions reference)
    {
        return
        [
            Row("Type", of => of.Type is { } type ? Words.Of(type) : null),
            Row("Era", of => of.Era),
            Row("B field", of => Number(of.BFieldTesla, "0.0#", " T")),
            Row("Energy", of => Number(of.EnergyGev, "#,0", " GeV")),
            Row("APV mode", of => of.ApvMode is { } mode ? Words.Of(mode) : null),
            Row("Fill scheme", of => of.InjectionScheme),
            Row("Bunches", of => Number(of.BunchesColliding, "#,0", "")),
            Row("Pile-up", of => Number(of.PeakPileup, "0.0", "")),
            Row("Lumisections", of => Number(of.Lumisections, "#,0", "")),
            Row("Recorded", of => of.RecordedLumiInvPb is { } value ? LuminosityText.Short(value) : null),
            Row("Taken", of => of.StartTime is { } start ? Clock.Iso(Clock.DayOf(start)) : null),
        ];

        ConditionRow Row(string title, Func<RunConditions, string?> say) => new(title, say(run), say(reference));
    }

    private static string? Number(double? value, string format, string unit) =>
        value?.ToString(format, CultureInfo.InvariantCulture) is { } text ? text + unit : null;
}
