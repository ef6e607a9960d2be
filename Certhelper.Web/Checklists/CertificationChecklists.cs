using Certhelper.Core.Checklists;
using Certhelper.Core.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Checklists;

/// <summary>One item of a checklist with the answer that was given; all but the item are null when there is none.</summary>
/// <param name="Item">What was asked.</param>
/// <param name="Words">The answer.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When.</param>
/// <param name="Number">The version that was answered.</param>
public sealed record AnsweredItem(ChecklistItem Item, string? Words, string? By, DateTimeOffset? At, int? Number);

/// <summary>A checklist with the answers of one certification.</summary>
public sealed record AnsweredChecklist(string Key, string Title, int Number, IReadOnlyList<AnsweredItem> Items)
{
    public int Answered => Items.Count(item => item.Words is not null);
}

/// <summary><c>@await Component.InvokeAsync("CertificationChecklists", new { id })</c>: what was answered, by whom, when.</summary>
public sealed class CertificationChecklists(CerthelperDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(int id)
    {
        var answers = await db.ChecklistAnswers.Where(answer => answer.CertificationId == id)
            .Select(answer => new { answer.ChecklistVersionId, answer.ItemKey, answer.Value, answer.NotApplicableBecause, answer.By!.Name, answer.At })
            .ToListAsync(HttpContext.RequestAborted);
        var ids = answers.Select(answer => answer.ChecklistVersionId).Distinct().ToList();
        var versions = await db.ChecklistVersions.Where(version => ids.Contains(version.Id))
            .Select(version => new { version.Id, version.Checklist!.Key, version.Checklist.Title, version.Checklist.Position, version.Number, version.Content })
            .ToListAsync(HttpContext.RequestAborted);

        return View(versions.GroupBy(version => version.Key).OrderBy(list => list.First().Position).Select(list =>
        {
            // Items as the newest answered version has them, and below those that only older answers know.
            var newest = list.MaxBy(version => version.Number)!;
            var items = list.OrderByDescending(version => version.Number)
                .SelectMany(version => version.Content.Groups.SelectMany(group => group.Items).Select(item => (Item: item, version.Id)))
                .Where(pair => pair.Id == newest.Id || answers.Exists(answer => answer.ChecklistVersionId == pair.Id && answer.ItemKey == pair.Item.Key))
                .Select(pair => pair.Item).DistinctBy(item => item.Key);
            return new AnsweredChecklist(newest.Key, newest.Title, newest.Number,
            [
                .. items.Select(item =>
                {
                    var answer = answers.Find(row => row.ItemKey == item.Key && list.Any(version => version.Id == row.ChecklistVersionId));
                    return answer is null
                        ? new AnsweredItem(item, null, null, null, null)
                        : new AnsweredItem(
                            item, ChecklistWords.Of(answer.Value, answer.NotApplicableBecause, item.Unit), answer.Name, answer.At,
                            list.First(version => version.Id == answer.ChecklistVersionId).Number);
                }),
            ]);
        }).ToList());
    }
}
