using Certhelper.Core.Runs;

namespace Certhelper.Tests.Runs;

public sealed class LuminosityTests
{
    [Theory]
    [InlineData(38.566, "pb^{-1}", 38.566)]
    [InlineData(0.5, "fb^{-1}", 500)]
    [InlineData(523000, "{\\mu}b^{-1}", 0.523)]
    [InlineData(267, "nb^{-1}", 0.267)]
    [InlineData(103.19148046875, null, 103.19148046875)]
    [InlineData(103.19148046875, "", 103.19148046875)]
    [InlineData(0, "{\\mu}b^{-1}", 0)]
    public void Integrated_luminosity_is_kept_in_inverse_picobarn(double value, string? unit, double expected) =>
        Assert.Equal(expected, LuminosityUnits.ToInversePicobarn(value, unit));

    [Theory]
    [InlineData(6885.2021484375, "10^{30}cm^{-2}s^{-1}", 6885.2021484375)]
    [InlineData(1.7, "10^{34}cm^{-2}s^{-1}", 17000)]
    [InlineData(2800, "10^{27}cm^{-2}s^{-1}", 2.8)]
    [InlineData(1.7, null, 17000)]
    public void Instantaneous_luminosity_is_kept_in_units_of_10_to_30(double value, string? unit, double expected) =>
        Assert.Equal(expected, LuminosityUnits.ToE30PerSquareCentimetreSecond(value, unit));

    [Theory]
    [InlineData("furlong^{-1}")]
    [InlineData("pb")]
    public void D37_a_unit_that_nobody_knows_gives_no_number_and_breaks_nothing(string unit)
    {
        Assert.Null(LuminosityUnits.ToInversePicobarn(1, unit));
        Assert.Null(LuminosityUnits.ToE30PerSquareCentimetreSecond(1, unit));
    }

    [Theory]
    [InlineData(38.566, "38.6 pb⁻¹")]
    [InlineData(0.267, "267 nb⁻¹")]
    [InlineData(161301.363, "161 fb⁻¹")]
    [InlineData(999.96, "1.00 fb⁻¹")]
    [InlineData(1.5e-5, "15.0 µb⁻¹")]
    [InlineData(0d, "0 pb⁻¹")]
    [InlineData(null, "unknown")]
    public void People_read_three_digits_in_a_fitting_unit(double? value, string expected) =>
        Assert.Equal(expected, LuminosityText.Short(value));

    [Theory]
    [InlineData(20600d, "2.06 ×10³⁴ cm⁻²s⁻¹")]
    [InlineData(10432.919, "1.04 ×10³⁴ cm⁻²s⁻¹")]
    [InlineData(530.741, "531 ×10³⁰ cm⁻²s⁻¹")]
    [InlineData(0.00542, "5.42 ×10²⁷ cm⁻²s⁻¹")]
    [InlineData(0d, "0 cm⁻²s⁻¹")]
    [InlineData(null, "unknown")]
    public void Instantaneous_luminosity_has_the_power_that_the_machine_speaks_of(double? e30, string expected) =>
        Assert.Equal(expected, LuminosityText.InstantaneousShort(e30));
}
