using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.Browser;

/// <summary>What script does on the certify form: counts, ways to what is open, links that follow, reasons added in place.</summary>
[Trait("kind", "stack")]
public sealed class ChecklistJourneyTests(StackFixture fixture, BrowserFixture browser)
{
    [Fact]
    public async Task Counts_and_the_bar_follow_the_answers_and_a_way_leads_to_what_is_open()
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web);
        var shift = await new DoorPage(page).SignInAsync("eva.expert");
        var form = await shift.CertifyAsync(386864, "express");
        var general = page.Locator("#checklist-general");
        var pixel = page.Locator("#checklist-pixel");

        await general.Locator("input[type=checkbox][data-answer]").First.CheckAsync();
        var count = await general.Locator("[data-count]").InnerTextAsync();
        await form.AnswerChecklistsAsync();
        await pixel.Locator("input[type=checkbox][data-answer]").First.UncheckAsync();
        await pixel.Locator("summary").ClickAsync();
        var open = await form.MissingAsync();
        await page.Locator("[data-missing] a", new() { HasText = "Pixel checklist" }).ClickAsync();
        var focused = await page.EvaluateAsync<string>("document.activeElement.name");
        await page.Keyboard.PressAsync("Space");
        var after = await form.MissingAsync();

        Assert.Equal("1 of 4", count);
        Assert.EndsWith("Tracker maps, Pixel checklist", open, StringComparison.Ordinal);
        Assert.Equal("Input.Answers[pixel:occupancy].Value", focused);
        Assert.DoesNotContain("checklist", after, StringComparison.Ordinal);
        Assert.Equal("yes", await pixel.GetAttributeAsync("data-done"));
    }

    [Fact]
    public async Task A_reason_is_added_in_place_and_chosen_and_one_that_is_there_is_said_to_be()
    {
        var page = await browser.OpenAsync((await fixture.StartedAsync()).Web);
        var shift = await new DoorPage(page).SignInAsync("eva.expert");
        var form = await shift.CertifyAsync(386864, "prompt");
        await form.ChooseAsync("Strip", "Bad");
        var problems = await page.Locator(".problems").Nth(1).GetAttributeAsync("open");

        async Task<string> AddAsync(string name)
        {
            await page.ClickAsync("[data-add-reason]");
            await page.FillAsync("dialog:has(#Name) #Name", name);
            await page.FillAsync("dialog:has(#Name) #Description", "The ring was warm");
            await page.ClickAsync("dialog:has(#Name) button[type=submit]");
            await page.Locator("dialog:has(#Name)").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
            return await page.EvaluateAsync<string>("document.querySelector('#Input_BadReasonId').selectedOptions[0].textContent");
        }

        var chosen = await AddAsync("Cooling of a ring");
        await page.SelectOptionAsync("#Input_BadReasonId", "");
        var again = await AddAsync("COOLING of a ring");
        await page.Locator("[data-reason-said]", new() { HasText = "was there already" }).WaitForAsync();

        Assert.NotNull(problems);
        Assert.Equal("Cooling of a ring: The ring was warm", chosen);
        Assert.Equal(chosen, again);
    }
}
