using Certhelper.Core.Scripts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Tests.Scripts;

/// <summary>Which secrets a definition can reach, and for which hosts.</summary>
public sealed class CredentialBookTests
{
    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("ConnectionStrings")]
    [InlineData("Sso")]
    public async Task D14_a_definition_names_no_variable_of_the_environment_and_no_other_secret_of_the_configuration(string name)
    {
        await using var services = Book(("Sso:Password", "secret"), ("ConnectionStrings:Password", "secret"), ($"{name}:Account", "somebody"), (name, Environment.GetEnvironmentVariable(name) ?? "secret"));

        var refused = Assert.Throws<HostTroubleException>(() => Login(services, name, name));

        Assert.Equal(HostTrouble.Secret, refused.Trouble);
        Assert.Contains($"set Scripts:Credentials:{name}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "vocms066", true)]
    [InlineData(null, "VOCMS066", true)]
    [InlineData(null, "vocms067", false)]
    [InlineData(null, "vocms066.elsewhere.example", false)]
    [InlineData("vocms067, vocms068", "vocms068", true)]
    [InlineData("vocms067, vocms068", "vocms066", false)]
    public async Task D14_a_secret_goes_to_the_hosts_that_the_configuration_names_whatever_a_definition_says(string? hosts, string host, bool goes)
    {
        await using var services = Book(("Scripts:Credentials:vocms066:Account", "tracker"), ("Scripts:Credentials:vocms066:Password", "secret"), ("Scripts:Credentials:vocms066:Hosts", hosts));

        if (goes)
        {
            using var login = Login(services, "vocms066", host);
            Assert.Equal(("tracker", "secret"), (login.Account, Assert.Single(login.Secrets)));
            return;
        }

        var refused = Assert.Throws<HostTroubleException>(() => Login(services, "vocms066", host));
        Assert.Contains($"is not for the host {host}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private static HostLogin Login(ServiceProvider services, string credential, string host) => services.GetRequiredService<CredentialBook>()
        .LoginFor(new ScriptDefinition { Host = host, Credential = credential, Command = "true", Authentication = ScriptAuthentication.Password });

    private static ServiceProvider Book(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
        return new ServiceCollection().AddSingleton<CredentialBook>().Configure<ScriptsOptions>(configuration.GetSection(ScriptsOptions.Section)).BuildServiceProvider();
    }
}
