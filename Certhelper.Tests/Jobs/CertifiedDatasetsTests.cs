using System.Text.Json.Nodes;
using Certhelper.Core.Certification;
using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Oms;
using Certhelper.Tests.RunRegistry;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Jobs;

/// <summary>Datasets of certified runs are kept fresh, and fetched when somebody asks.</summary>
public sealed class CertifiedDatasetsTests
{
    private static readonly (int From, int To) Runs = (321138, 321149);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_taken_by_one_worker_answered_once_and_gone()
    {
        await using var house = await CertifiedAsync();
        await using var db = house.Database.NewContext();
        await RegistryQuestions.AskAsync(db, Runs, house.Time.GetUtcNow(), Token);
        house.Time.Advance(TimeSpan.FromSeconds(2));

        var taken = new[] { await RegistryQuestions.TakeAsync(db, house.Time.GetUtcNow(), Token), await RegistryQuestions.TakeAsync(db, house.Time.GetUtcNow(), Token) };
        var open = await RegistryQuestions.ReadAsync(db, Runs, Token);
        var result = await house.Get<CertifiedDatasets>().PassAsync(new Steps(), Token);

        Assert.Equal([true, false], taken);
        Assert.NotNull(open!.TakenAt);
        Assert.Equal("1 runs that were asked for and 0 others taken over.", result);
        Assert.Null(await RegistryQuestions.ReadAsync(db, Runs, Token));
        Assert.Equal("SIGNOFF", (await db.RegistryDatasets.SingleAsync(Token)).TrackerState);
    }

    [Fact]
    public async Task Without_a_question_the_runs_of_the_last_weeks_are_asked_about_and_young_ones_are_not_asked_again()
    {
        await using var house = await CertifiedAsync();

        var first = await house.Get<CertifiedDatasets>().PassAsync(new Steps(), Token);
        var second = await house.Get<CertifiedDatasets>().PassAsync(new Steps(), Token);
        house.Time.Advance(TimeSpan.FromHours(1));
        var later = await house.Get<CertifiedDatasets>().PassAsync(new Steps(), Token);
        house.Time.Advance(TimeSpan.FromDays(30));
        var muchLater = await house.Get<CertifiedDatasets>().PassAsync(new Steps(), Token);

        Assert.Equal(
            [
                "0 runs that were asked for and 1 others taken over.", "0 runs that were asked for and 0 others taken over.",
                "0 runs that were asked for and 1 others taken over.", "0 runs that were asked for and 0 others taken over.",
            ],
            new[] { first, second, later, muchLater });
    }

    [Fact]
    public async Task A_registry_that_fails_leaves_the_question_open_with_the_reason()
    {
        await using var house = await CertifiedAsync();
        house.Source.On(RegistryJson.Datasets, context =>
        {
            context.Response.StatusCode = 504;
            return Task.CompletedTask;
        });
        await using var db = house.Database.NewContext();
        await RegistryQuestions.AskAsync(db, Runs, house.Time.GetUtcNow(), Token);

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<CertifiedDatasets>().PassAsync(new Steps(), Token));

        Assert.Equal(failure.Message, (await RegistryQuestions.ReadAsync(db, Runs, Token))!.Problem);
        await RegistryQuestions.AskAsync(db, Runs, house.Time.GetUtcNow().AddMinutes(1), Token);
        Assert.Null((await RegistryQuestions.ReadAsync(db, Runs, Token))!.Problem);
    }

    private static async Task<SourceHouse> CertifiedAsync()
    {
        var house = await SourceHouse.CreateAsync();
        house.Source.On(RegistryJson.Datasets, async context =>
        {
            await JsonNode.ParseAsync(context.Request.Body);
            await context.Response.WriteAsync(RegistryJson.Page(RegistryJson.Dataset(321138, "/Express/Collisions2018/DQM", "SIGNOFF")));
        });
        var sara = await house.PersonAsync("sara", "shifter");
        Assert.IsType<SaveResult.Saved>(await house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Express, house.GoodInput(), sara, Token));
        return house;
    }
}
