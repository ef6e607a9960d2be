using Certhelper.Core.Oms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Oms;

public sealed class OutsideServiceOptionsTests
{
    [Theory]
    [InlineData("ClientSecret", "", "Oms:ClientSecret is not set (example: Oms__ClientSecret=…).")]
    [InlineData("BaseUrl", "cmsoms", "Oms:BaseUrl is \"cmsoms\", which is no http address (example: Oms__BaseUrl=https://cmsoms.cern.ch/agg/api/v1).")]
    [InlineData("TokenUrl", "ftp://x", "Oms:TokenUrl is \"ftp://x\", which is no http address (example: Oms__TokenUrl=https://auth.cern.ch/auth/realms/cern/api-access/token).")]
    [InlineData("TotalTimeout", "00:00:01", "Oms:TotalTimeout is shorter than Oms:AttemptTimeout (example: Oms__TotalTimeout=00:00:20).")]
    public void A_wrong_value_is_named_with_its_key_and_an_example(string key, string value, string sentence)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options(key, value));

        Assert.Equal(sentence, Assert.Single(failure.Failures));
    }

    [Theory]
    [InlineData("BaseUrl", "http://cmsoms.cern.ch/agg/api/v1", "https://cmsoms.cern.ch/agg/api/v1")]
    [InlineData("TokenUrl", "http://auth.cern.ch/token", "https://auth.cern.ch/auth/realms/cern/api-access/token")]
    public void D16_a_token_never_travels_in_plain_text(string key, string value, string example)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options(key, value));

        Assert.Equal($"Oms:{key} must use https unless it is on this machine: \"{value}\" (example: Oms__{key}={example}).", Assert.Single(failure.Failures));
        Assert.Equal("http://127.0.0.1:5090/x", key == "BaseUrl" ? Options(key, "http://127.0.0.1:5090/x").BaseUrl : Options(key, "http://127.0.0.1:5090/x").TokenUrl);
    }

    [Fact]
    public void A_number_out_of_range_is_named()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options("SyncDays", "0"));

        Assert.StartsWith("Oms:SyncDays: ", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_settings_are_accepted_with_defaults_worth_keeping()
    {
        var options = Options("Audience", "cmsoms-int-0185");

        Assert.Equal(("cmsoms-int-0185", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), 14), (options.Audience, options.AttemptTimeout, options.TotalTimeout, options.SyncDays));
    }

    private static OmsOptions Options(string key, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Oms:TokenUrl"] = "https://auth.cern.ch/auth/realms/cern/api-access/token",
            ["Oms:ClientId"] = "certhelper",
            ["Oms:ClientSecret"] = "secret",
            ["Oms:" + key] = value,
        };
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddOutsideServices()
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<OmsOptions>>().Value;
    }
}
