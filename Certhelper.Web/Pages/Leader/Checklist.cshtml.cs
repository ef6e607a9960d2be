using Certhelper.Core.Checklists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Checklists;
using Certhelper.Web.Leader;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Leader;

/// <summary>What a leader goes through each week, with who answered what and when.</summary>
[Authorize(Policy = nameof(Permission.LeadShifts))]
public sealed class ChecklistModel(CerthelperDbContext db, WeeklyChecklistDesk desk, TimeProvider time) : LeaderPage(db, time)
{
    [BindProperty]
    public Dictionary<string, AnswerInput> Answers { get; set; } = [];

    /// <summary>The last answer that the form was opened with.</summary>
    [BindProperty]
    public int Seen { get; set; }

    /// <summary>The week that is answered: the one in which the shown days begin, else this one.</summary>
    public Period Week => Period.WeekOf(Filter.Days.From ?? Today);

    /// <summary>Null when nobody has written the checklist.</summary>
    public WeeklyChecklist? Checklist { get; private set; }

    public IReadOnlyList<(ChecklistGroup Group, IReadOnlyList<ItemOnForm> Items)> Groups { get; private set; } = [];

    /// <summary>Why nothing was saved.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Checklist = await desk.ReadAsync(Week.From, cancellationToken);
        Answers = Stored();
        Seen = Checklist?.Seen ?? 0;
        Groups = GroupsWith([]);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await desk.SaveAsync(Week.From, Answers, Seen, Actor.From(User)!, cancellationToken);
        if (result is WeeklyResult.Saved saved)
        {
            TempData.Add(new Toast(saved.Count switch { 0 => "Nothing was changed.", 1 => "1 answer is kept.", var count => FormattableString.Invariant($"{count} answers are kept.") }));
            return LocalRedirect(Request.Path + Request.QueryString);
        }

        Checklist = await desk.ReadAsync(Week.From, cancellationToken);
        (Problem, Response.StatusCode) = result switch
        {
            WeeklyResult.Conflict conflict => ($"{conflict.By} has answered meanwhile; the answers below are the ones that count now. Answer again what you see differently.", StatusCodes.Status409Conflict),
            WeeklyResult.Refused refused => (refused.Reason, StatusCodes.Status422UnprocessableEntity),
            _ => ("An answer is not right; look at it below.", StatusCodes.Status422UnprocessableEntity),
        };
        var errors = result is WeeklyResult.Invalid invalid ? invalid.Errors.ToDictionary(error => error.Field, error => error.Message) : [];
        if (result is WeeklyResult.Conflict)
        {
            ModelState.Clear();
            Answers = Stored();
            Seen = Checklist?.Seen ?? 0;
        }

        Groups = GroupsWith(errors);
        return Page();
    }

    /// <summary>Who answered an item last, and when; null when nobody has.</summary>
    public WeeklyAnswer? AnswerTo(ChecklistItem item) => Checklist?.Answers.GetValueOrDefault(item.Key);

    private Dictionary<string, AnswerInput> Stored() => Checklist?.Answers.ToDictionary(pair => pair.Key, pair => new AnswerInput
    {
        Value = pair.Value.Value,
        NotApplicable = pair.Value.NotApplicableBecause is not null,
        Because = pair.Value.NotApplicableBecause,
    }) ?? [];

    private IReadOnlyList<(ChecklistGroup, IReadOnlyList<ItemOnForm>)> GroupsWith(Dictionary<string, string> errors) => Checklist is null
        ? []
        :
        [
            .. Checklist.List.Content.Groups.Select(group => (group, (IReadOnlyList<ItemOnForm>)
            [
                .. group.Items.Select(item => new ItemOnForm(
                    item, $"{nameof(Answers)}[{item.Key}]", Answers.GetValueOrDefault(item.Key) ?? new AnswerInput(), errors.GetValueOrDefault(item.Key))),
            ])),
        ];
}
