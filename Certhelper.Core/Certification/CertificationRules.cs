namespace Certhelper.Core.Certification;

/// <summary>What a certification needs to be saved, for every way in.</summary>
public static class CertificationRules
{
    /// <summary>Longest comment, characters.</summary>
    public const int CommentLength = 10_000;

    /// <summary>Runs were certified by this group from this day on; earlier dates are slips of the keyboard.</summary>
    private static readonly DateOnly FirstDate = new(2010, 1, 1);

    /// <summary>
    /// The rules that need no look at other rows. Whether the reference and the reason exist is checked where they are saved.
    /// </summary>
    /// <param name="input">What was chosen and typed.</param>
    /// <param name="today">Today at the experiment. One day more is allowed: somewhere it is tomorrow already.</param>
    public static IReadOnlyList<FieldError> Check(CertificationInput input, DateOnly today)
    {
        var errors = new List<FieldError>();
        Verdict(nameof(input.Pixel), "pixel", input.Pixel);
        Verdict(nameof(input.Strip), "strip", input.Strip);
        Verdict(nameof(input.Tracking), "tracking", input.Tracking);
        if (input.TrackerMap is null) Add(nameof(input.TrackerMap), "Say whether the tracker maps exist.");
        else if (!Enum.IsDefined(input.TrackerMap.Value)) Add(nameof(input.TrackerMap), "The tracker maps exist or are missing.");

        if (input.Date is not { } date) Add(nameof(input.Date), "Choose the day the certification counts for.");
        else if (date > today.AddDays(1)) Add(nameof(input.Date), "The date is in the future.");
        else if (date < FirstDate) Add(nameof(input.Date), "The date is before the first run of CMS that was certified (2010).");

        if (new[] { input.Pixel, input.Strip, input.Tracking }.Contains(ComponentVerdict.Bad))
        {
            if (input.BadReasonId is null) Add(nameof(input.BadReasonId), "A bad component needs a reason.");
            if (string.IsNullOrWhiteSpace(input.Comment)) Add(nameof(input.Comment), "A bad component needs a comment: what did you see?");
        }

        if (input.Comment?.Length > CommentLength) Add(nameof(input.Comment), "The comment is longer than 10,000 characters.");
        return errors;

        void Verdict(string field, string name, ComponentVerdict? verdict)
        {
            if (verdict is null) Add(field, $"Choose a verdict for {name}.");
            else if (!Enum.IsDefined(verdict.Value)) Add(field, $"The verdict for {name} is good, bad or excluded.");
        }

        void Add(string field, string message) => errors.Add(new FieldError(field, message));
    }
}
