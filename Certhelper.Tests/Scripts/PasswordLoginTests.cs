using System.Globalization;
using Certhelper.Core.People;
using Certhelper.Core.Scripts;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Scripts;

/// <summary>Hosts that ask for a password, and what becomes of it.</summary>
public sealed class PasswordLoginTests(PasswordHost server) : IClassFixture<PasswordHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ScriptAuthentication.Password)]
    [InlineData(ScriptAuthentication.KeyboardInteractive)]
    public async Task A_script_runs_by_password_and_its_output_never_shows_it(ScriptAuthentication means)
    {
        await using var house = await HouseAsync(PasswordHost.Password);
        await DefineAsync(house, means);

        var ended = await RunAsync(house);

        Assert.Equal((ExecutionState.Succeeded, 0), (ended.State, ended.ExitCode));
        Assert.Equal($"I am {PasswordHost.Account}\nmy password is •••, really\n", await house.OutputAsync(ended.Id));
        await using var db = house.Db();
        Assert.False(await db.ExecutionLines.AnyAsync(line => line.Text.Contains("anybody"), Token));
        Assert.DoesNotContain(ended.Events, item => item.Text.Contains("anybody", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ScriptAuthentication.Password, "by password")]
    [InlineData(ScriptAuthentication.KeyboardInteractive, "by keyboard-interactive password")]
    public async Task A_wrong_password_is_said_with_what_to_do_and_nothing_runs(ScriptAuthentication means, string words)
    {
        await using var house = await HouseAsync("wrong");
        await DefineAsync(house, means);

        var ended = await RunAsync(house);

        Assert.Equal(ExecutionState.Failed, ended.State);
        Assert.Contains($"does not let {PasswordHost.Account} in {words}. The secret vocms066 may have changed", ended.Trouble, StringComparison.Ordinal);
        Assert.Null(ended.StartedAt);
        Assert.Empty(await house.LinesAsync(ended.Id));
    }

    private static async Task<Execution> RunAsync(ScriptHouse house)
    {
        var id = await house.StartAsync(await house.PersonAsync("sara", Role.Shifter), "practice-quick");
        var work = house.WorkAsync(id, Token);
        // The first contact shows the key; a host whose key waits is asked again by itself.
        await house.UntilAsync(id, row => row.Trouble is not null);
        await house.ApproveAsync();
        await work;
        return await house.ExecutionAsync(id);
    }

    private static Task DefineAsync(ScriptHouse house, ScriptAuthentication means) => house.DefineAsync("practice-quick", it => it with
    {
        Authentication = means,
        Directory = "~/",
        // A script that is careless with what it knows.
        Command = """sh -c 'echo "I am $(id -un)"; printf "my password is %s, really\n" "$0"' """ + $"'{PasswordHost.Password}'",
    });

    private async Task<ScriptHouse> HouseAsync(string password)
    {
        Assert.SkipWhen(server.Absent is not null, server.Absent ?? "");
        return await ScriptHouse.CreateAsync(
            null,
            ("Scripts:Practice", "true"),
            ("Scripts:Addresses:vocms066", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}")),
            ("Scripts:Credentials:vocms066:Account", PasswordHost.Account),
            ("Scripts:Credentials:vocms066:Password", password));
    }
}
