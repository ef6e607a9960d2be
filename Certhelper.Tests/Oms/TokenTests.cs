using Certhelper.Core.Oms;
using Microsoft.AspNetCore.Http;

namespace Certhelper.Tests.Oms;

public sealed class TokenTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_token_serves_many_questions_until_shortly_before_it_expires()
    {
        await using var house = await HouseAsync();
        await AskAsync(house);
        await AskAsync(house);
        house.Time.Advance(TimeSpan.FromSeconds(1100));
        await AskAsync(house);
        Assert.Equal(1, house.Source.TokensGiven);

        house.Time.Advance(TimeSpan.FromSeconds(60));
        await AskAsync(house);

        Assert.Equal(2, house.Source.TokensGiven);
    }

    [Fact]
    public async Task Many_questions_at_once_take_one_token()
    {
        await using var house = await HouseAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(house)));

        Assert.Equal(1, house.Source.TokensGiven);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_question_repeated()
    {
        await using var house = await HouseAsync();
        await AskAsync(house);
        house.Time.Advance(TimeSpan.FromSeconds(31));
        house.Source.AcceptedToken = "token-2";

        await AskAsync(house);

        Assert.Equal((2, 3), (house.Source.TokensGiven, house.Source.Calls.Count));
    }

    [Fact]
    public async Task A_service_that_refuses_every_token_is_not_flooded_with_requests_for_new_ones()
    {
        await using var house = await HouseAsync();
        house.Source.AcceptedToken = "none will do";

        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<OutsideServiceException>(() => AskAsync(house));
        Assert.Equal(1, house.Source.TokensGiven);

        house.Time.Advance(TimeSpan.FromSeconds(31));
        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => AskAsync(house));

        Assert.Equal(2, house.Source.TokensGiven);
        Assert.Equal("OMS did not accept the application's credentials (401).", failure.Message);
    }

    [Fact]
    public async Task The_token_is_asked_for_with_credentials_and_audience_in_the_form()
    {
        await using var house = await HouseAsync();
        IFormCollection? form = null;
        house.Source.On("/token", async context =>
        {
            form = await context.Request.ReadFormAsync();
            await context.Response.WriteAsync("""{"access_token":"t","expires_in":"1200"}""");
        });

        await AskAsync(house);

        Assert.Equal(
            ["client_credentials", "certhelper", "secret", "cmsoms-prod"],
            [form!["grant_type"].ToString(), form["client_id"].ToString(), form["client_secret"].ToString(), form["audience"].ToString()]);
    }

    [Theory]
    [InlineData(401, """{"error":"unauthorized_client"}""", "The sign-in service, asked for a token for OMS, did not accept the application's credentials (401).")]
    [InlineData(200, "{}", "The sign-in service, asked for a token for OMS, answered without one.")]
    [InlineData(200, "<html></html>", "The sign-in service, asked for a token for OMS, answered with a web page instead of data; that is usually a login page: the application is not authorised.")]
    public async Task Without_a_token_the_sentence_says_so_and_holds_no_secret(int status, string body, string sentence)
    {
        await using var house = await HouseAsync();
        house.Source.On("/token", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });

        var failure = await Assert.ThrowsAsync<OutsideServiceException>(() => AskAsync(house));

        Assert.Equal((SourceContact.Oms, sentence), (failure.Service, failure.Message));
    }

    private static async Task<SourceHouse> HouseAsync()
    {
        var house = await SourceHouse.CreateAsync();
        house.Source.OnJson(OmsJson.Runs, OmsJson.Page(OmsJson.Run299329()));
        return house;
    }

    private static Task<OmsItem?> AskAsync(SourceHouse house) => house.Get<OmsClient>().RunAsync(299329, Token);
}
