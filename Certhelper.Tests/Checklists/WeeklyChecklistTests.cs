using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Tests.Oms;

namespace Certhelper.Tests.Checklists;

/// <summary>The leader's checklist: answers belong to a week, to who gave them and when, and none is lost.</summary>
public sealed class WeeklyChecklistTests : IAsyncLifetime
{
    private static readonly DateOnly Monday = new(2024, 6, 3);

    private SourceHouse house = null!;
    private Actor lena = null!;
    private Actor eva = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        house = await SourceHouse.CreateAsync();
        lena = await house.PersonAsync("lena", "shiftleader");
        eva = await house.PersonAsync("eva", "expert");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Answers_belong_to_their_week_with_who_and_when()
    {
        var saved = await SaveAsync(lena, 0, ("open", "yes"), ("bad", ""));
        var week = await ReadAsync(Monday);
        var next = await ReadAsync(Monday.AddDays(7));

        Assert.Equal(1, Assert.IsType<WeeklyResult.Saved>(saved).Count);
        var answer = Assert.Single(week.Answers).Value;
        Assert.Equal(("open", "yes", lena.UserId, house.Time.GetUtcNow()), (answer.ItemKey, answer.Value, answer.ById, answer.At));
        Assert.Empty(next.Answers);
    }

    [Fact]
    public async Task Changing_an_answer_keeps_the_one_before_and_saving_the_same_adds_nothing()
    {
        await SaveAsync(lena, 0, ("open", "yes"));
        var seen = (await ReadAsync(Monday)).Seen;
        var same = await SaveAsync(eva, seen, ("open", "yes"));
        await SaveAsync(eva, seen, ("open", ""));
        var week = await ReadAsync(Monday);

        Assert.Equal(0, Assert.IsType<WeeklyResult.Saved>(same).Count);
        Assert.Equal([(eva.UserId, null), (lena.UserId, "yes")], week.History.Select(answer => (answer.ById, answer.Value)));
        Assert.Null(week.Answers["open"].Value);
    }

    [Fact]
    public async Task A_form_opened_earlier_does_not_take_back_what_somebody_answered_meanwhile()
    {
        await SaveAsync(lena, 0, ("open", "yes"));

        var stale = await SaveAsync(eva, 0, ("open", ""), ("bad", "yes"));
        var other = await SaveAsync(eva, 0, ("bad", "yes"));

        Assert.Equal(lena.Name, Assert.IsType<WeeklyResult.Conflict>(stale).By);
        Assert.Equal(1, Assert.IsType<WeeklyResult.Saved>(other).Count);
        Assert.Equal(["bad", "open"], (await ReadAsync(Monday)).Answers.Keys.Order());
    }

    [Fact]
    public async Task Wrong_answers_other_people_and_days_that_begin_no_week_are_refused()
    {
        var wrong = await SaveAsync(lena, 0, ("open", "maybe"));
        var sara = await SaveAsync(await house.PersonAsync("sara", "shifter"), 0, ("open", "yes"));
        var tuesday = await house.Get<WeeklyChecklistDesk>().SaveAsync(Monday.AddDays(1), new Dictionary<string, AnswerInput>(), 0, lena, Token);

        Assert.Equal("open", Assert.Single(Assert.IsType<WeeklyResult.Invalid>(wrong).Errors).Field);
        Assert.IsType<WeeklyResult.Refused>(sara);
        Assert.IsType<WeeklyResult.Refused>(tuesday);
        Assert.Empty((await ReadAsync(Monday)).History);
    }

    private Task<WeeklyResult> SaveAsync(Actor actor, int seen, params (string Item, string Value)[] answers) => house.Get<WeeklyChecklistDesk>().SaveAsync(
        Monday, answers.ToDictionary(answer => answer.Item, answer => new AnswerInput { Value = answer.Value }), seen, actor, Token);

    private async Task<WeeklyChecklist> ReadAsync(DateOnly monday) => (await house.Get<WeeklyChecklistDesk>().ReadAsync(monday, Token))!;
}
