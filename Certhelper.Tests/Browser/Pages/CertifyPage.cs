using Certhelper.Tests.Checklists;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser.Pages;

/// <summary>The certify form.</summary>
internal sealed class CertifyPage(IPage page)
{
    public Task<string> FactsAsync() => page.InnerTextAsync(Selectors.Facts);

    public Task<string> MissingAsync() => page.InnerTextAsync(Selectors.Missing);

    public Task<string> OutcomeAsync() => page.InnerTextAsync(Selectors.Outcome);

    public Task<string> CommentAsync() => page.InputValueAsync(Selectors.Comment);

    public Task<bool> IsChosenAsync(string component, string verdict) => page.IsCheckedAsync(Selectors.Choice(component, verdict));

    public Task ChooseAsync(string component, string verdict) => page.ClickAsync($"label[for={Selectors.Choice(component, verdict)[1..]}]");

    public Task TypeCommentAsync(string text) => page.FillAsync(Selectors.Comment, text);

    /// <summary>G, B or E while the component has the keyboard.</summary>
    public async Task PressAsync(string component, string key)
    {
        await page.FocusAsync(Selectors.Choice(component, "Good"));
        await page.Keyboard.PressAsync(key);
    }

    public Task TypeFactAsync(string fact, string value) => page.FillAsync($"#Facts_{fact}", value);

    /// <summary>Every item that is required, one list after the other, by the way that the bar offers.</summary>
    public async Task AnswerChecklistsAsync()
    {
        foreach (var (name, value) in GoodAnswers.Fields())
        {
            var list = page.Locator(".checklist", new() { Has = page.Locator($"[name='{name}']") });
            if (await list.GetAttributeAsync("open") is null) await list.Locator("summary").ClickAsync();
            var control = page.Locator($"[name='{name}']");
            if (await control.GetAttributeAsync("type") == "checkbox") await control.CheckAsync();
            else if (await control.EvaluateAsync<string>("control => control.tagName") == "SELECT") await control.SelectOptionAsync(value!);
            else await control.FillAsync(value!);
        }
    }

    public Task SaveAsync() => page.ClickAsync(Selectors.Save);

    public Task<bool> DraftIsBackAsync() => page.IsVisibleAsync(Selectors.DraftNotice);

    private static class Selectors
    {
        public const string Facts = ".column-facts";
        public const string Missing = "[data-missing]";
        public const string Outcome = "[data-outcome]";
        public const string Comment = "#Input_Comment";
        public const string Save = ".save-bar button[type=submit]";
        public const string DraftNotice = "[data-draft-notice]";

        public static string Choice(string component, string verdict) => $"#Input_{component}-{verdict}";
    }
}
