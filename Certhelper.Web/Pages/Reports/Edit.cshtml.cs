using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Pages.Reports;

/// <summary>Takes what people type into a report.</summary>
[Authorize(Policy = nameof(Permission.WriteDailyReports))]
public sealed class EditModel(CerthelperDbContext db, ReportDesk desk) : PageModel
{
    [BindProperty]
    public List<NoteField> Fields { get; set; } = [];

    /// <summary>Version of the newest revision when the form was filled.</summary>
    [BindProperty]
    public uint Version { get; set; }

    public Report Report { get; private set; } = null!;

    public int Number { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>Whether somebody else changed the report since the form was opened.</summary>
    public bool Overtaken { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is not { } newest) return NotFound();
        if (!ReportDesk.MayWrite(Report.Kind, Report.PersonId, Actor.From(User)!)) return Refused();
        Version = newest.Version;
        Fields = Blank(newest);
        foreach (var field in Fields) field.Text = newest.Notes.GetValueOrDefault(field.Key);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is not { } newest) return NotFound();
        if (!ReportDesk.MayWrite(Report.Kind, Report.PersonId, Actor.From(User)!)) return Refused();
        var typed = Fields.Where(field => field.Key.Length > 0).GroupBy(field => field.Key).ToDictionary(group => group.Key, group => group.First().Text ?? "");
        Fields = Blank(newest);
        var known = Fields.Select(field => field.Key).ToHashSet();
        foreach (var field in Fields) field.Text = typed.GetValueOrDefault(field.Key);
        if (!ModelState.IsValid) return this.Again(StatusCodes.Status422UnprocessableEntity);
        switch (await desk.TypeAsync(id, Version, typed.Where(pair => known.Contains(pair.Key)).ToDictionary(), Actor.From(User)!, cancellationToken))
        {
            case ReportResult.Done done:
                TempData.Add(new Toast(FormattableString.Invariant($"Notes are saved in revision {done.Number}.")));
                return LocalRedirect(ReportWords.Url(id));
            case ReportResult.Invalid invalid:
                ModelState.AddModelError($"Fields[{Fields.FindIndex(field => field.Key == invalid.Field)}].Text", invalid.Problem);
                return this.Again(StatusCodes.Status422UnprocessableEntity);
            case ReportResult.Conflict:
                var theirs = (await LoadAsync(id, cancellationToken))!;
                foreach (var field in Fields)
                {
                    var saved = theirs.Notes.GetValueOrDefault(field.Key) ?? "";
                    if (saved != (field.Text ?? "").ReplaceLineEndings("\n").TrimEnd()) field.Theirs = saved;
                }

                Overtaken = true;
                // Saving again, after having been told, is meant.
                Version = theirs.Version;
                ModelState.Remove(nameof(Version));
                return this.Again(StatusCodes.Status409Conflict);
            case ReportResult.Refused:
                return Refused();
            default:
                return NotFound();
        }
    }

    private static List<NoteField> Blank(ReportRevision newest)
    {
        var document = ReportJson.Read(newest.Content);
        List<NoteField> fields =
        [
            .. document.Notes().Select(item => new NoteField { Key = item.Note.Key, Section = item.Section, Label = item.Note.Label ?? item.Section, Hint = Hint(item.Note.Key) }),
        ];
        if (document.Kind == ReportKind.Weekly)
        {
            fields.Add(new NoteField
            {
                Key = WeeklyNotes.CentralRuns,
                Section = "Central certification",
                Label = "List of central certification runs",
                Hint = "Run numbers; whatever stands between them does not matter. Another list makes the report anew from the data.",
            });
        }

        return fields;
    }

    private static string? Hint(string key) => key switch
    {
        DailyNotes.Links => "Links to the prompt feedback plots, one per line. They also stand in the weekly report.",
        WeeklyNotes.Leader => "Empty: who made the report.",
        _ => null,
    };

    private async Task<ReportRevision?> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var newest = await db.ReportRevisions.AsNoTracking().Include(item => item.Report).Where(item => item.ReportId == id)
            .OrderByDescending(item => item.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest is null) return null;
        (Report, Number, IsFrozen) = (newest.Report!, newest.Number, newest.FrozenAt is not null);
        return newest;
    }

    private ForbidResult Refused()
    {
        return this.Refuse(Permission.WriteLeaderReports);
    }
}
