using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Certhelper.AppHost.LocalEngine;

namespace Certhelper.Tests.AppHost;

public sealed class SecretsTests
{
    [Fact]
    public async Task Generated_password_is_the_same_after_a_restart_and_only_its_owner_reads_it()
    {
        await using var model = new TinyModel();
        Directory.CreateDirectory(model.Builder.Data.FullPath);
        var file = Path.Combine(model.Builder.Data.FullPath, "secrets.json");

        var first = new Secrets(file).GetOrAdd("postgres-password", new GenerateParameterDefault().GetDefaultValue);
        var second = new Secrets(file).GetOrAdd("postgres-password", () => "another");

        Assert.Equal(22, first.Length);
        Assert.Equal(first, second);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Configured_parameter_is_not_generated()
    {
        await using var model = new TinyModel("--Parameters:client-secret=chosen");
        var parameter = model.Builder.AddParameter("client-secret", new GenerateParameterDefault(), secret: true, persist: true);

        Assert.Equal("chosen", await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.False(model.Builder.Data.Secrets.Contains("client-secret"));
    }

    [Fact]
    public async Task Missing_parameter_is_named_with_an_example()
    {
        await using var model = new TinyModel();
        var parameter = model.Builder.AddParameter("client-secret", secret: true);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(async () => await parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("Parameters:client-secret is not set (example: Parameters__client-secret=", failure.Message, StringComparison.Ordinal);
    }
}
