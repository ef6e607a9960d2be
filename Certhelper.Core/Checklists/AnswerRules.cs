using System.Globalization;

namespace Certhelper.Core.Checklists;

/// <summary>What an answer says once it has been read.</summary>
public abstract record AnswerReading
{
    private AnswerReading()
    {
    }

    /// <summary>Not answered.</summary>
    public sealed record Open : AnswerReading;

    /// <param name="Value">As it is stored; null when the item does not apply.</param>
    /// <param name="Because">Why it does not apply; null when it does.</param>
    public sealed record Given(string? Value, string? Because) : AnswerReading;

    /// <param name="Message">A sentence for the person at the form.</param>
    public sealed record Wrong(string Message) : AnswerReading;
}

/// <summary>How the three kinds of items are answered.</summary>
public static class AnswerRules
{
    /// <summary>The answer to a tick.</summary>
    public const string Yes = "yes";

    /// <summary>Longest reason for "not applicable", characters.</summary>
    public const int BecauseLength = 500;

    /// <summary>Reads what the form or the API says to one item.</summary>
    public static AnswerReading Read(ChecklistItem item, AnswerInput? input)
    {
        if (input is null) return new AnswerReading.Open();
        if (input.NotApplicable) return ReadNotApplicable(item, input.Because?.Trim());
        var value = input.Value?.Trim();
        if (string.IsNullOrEmpty(value)) return new AnswerReading.Open();
        return item.Kind switch
        {
            ChecklistItemKind.Tick => value == Yes ? new AnswerReading.Given(Yes, null) : new AnswerReading.Wrong("A tick is “yes” or nothing."),
            ChecklistItemKind.Number => ReadNumber(item, value),
            ChecklistItemKind.Choice => item.Choices.Contains(value, StringComparer.Ordinal)
                ? new AnswerReading.Given(value, null)
                : new AnswerReading.Wrong($"Choose one of: {string.Join(", ", item.Choices)}."),
        };
    }

    /// <summary>The limits of a number in words, such as <c>0 to 100 %</c>; null when it has none.</summary>
    public static string? Limits(ChecklistItem item)
    {
        var unit = string.IsNullOrEmpty(item.Unit) ? "" : " " + item.Unit;
        return (item.Min, item.Max) switch
        {
            ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"{min} to {max}{unit}"),
            ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"{min}{unit} or more"),
            (null, { } max) => string.Create(CultureInfo.InvariantCulture, $"{max}{unit} or less"),
            (null, null) => null,
        };
    }

    private static AnswerReading ReadNotApplicable(ChecklistItem item, string? because)
    {
        if (!item.AllowsNotApplicable) return new AnswerReading.Wrong("This applies to every run: answer it.");
        if (string.IsNullOrEmpty(because)) return new AnswerReading.Wrong("Say why it does not apply.");
        if (because.Length > BecauseLength) return new AnswerReading.Wrong("Say in at most 500 characters why it does not apply.");
        return new AnswerReading.Given(null, because);
    }

    private static AnswerReading ReadNumber(ChecklistItem item, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return new AnswerReading.Wrong("This is not a number; write it like 0.5.");
        if (number < item.Min || number > item.Max) return new AnswerReading.Wrong($"It is outside its limits: {Limits(item)}.");
        return new AnswerReading.Given(number.ToString("R", CultureInfo.InvariantCulture), null);
    }
}
