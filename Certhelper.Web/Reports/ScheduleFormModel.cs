using Certhelper.Core.Certification;
using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Certhelper.Web.Reports;

/// <summary>The form of a schedule, for a new one and for one that is changed.</summary>
public abstract class ScheduleFormModel(CerthelperDbContext db, PostOffice post, TimeProvider time) : PageModel
{
    public const string Zone = "Europe/Zurich";

    private const int Shown = 5;

    protected CerthelperDbContext Db { get; } = db;

    [BindProperty]
    public ScheduleForm Form { get; set; } = new();

    /// <summary>Where it is sent.</summary>
    public abstract string PostUrl { get; }

    /// <summary>Where one goes without saving.</summary>
    public abstract string Back { get; }

    /// <summary>Whether letters can be sent at all.</summary>
    public bool MailIsOpen => post.IsOpen;

    /// <summary>What narrows the reports, as it was typed.</summary>
    public CertificationFilter Filter { get; protected set; } = CertificationFilter.None;

    public ListChoices Choices { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    public ScheduleTimesView Times { get; private set; } = null!;

    public static IReadOnlyList<SelectListItem> Kinds { get; } = [.. Enum.GetValues<ReportKind>().Select(kind => new SelectListItem(ScheduleWords.Of(kind), kind.ToString()))];

    public static IReadOnlyList<SelectListItem> Periods { get; } = [.. Enum.GetValues<SchedulePeriod>().Select(period => new SelectListItem(ScheduleRules.Title(period), period.ToString()))];

    /// <summary>What an expression means, for the form.</summary>
    public static ScheduleTimesView Describe(string? cron, string? zone, DateTimeOffset now)
    {
        var times = ScheduleTimes.Parse(cron, zone, now, out var problem);
        return times is null ? new ScheduleTimesView(null, problem!.Words, [], Zone) : new ScheduleTimesView(CronWords.Say(times.Text), null, times.Next(now, Shown), times.Zone.Id);
    }

    /// <summary>What was sent. The fields that narrow are those of the lists, and are read as there.</summary>
    protected ScheduleInput Sent()
    {
        Filter = CertificationFilter.Narrowing(Request.Form.Reader());
        return Form.Input() with { Filter = Filter };
    }

    protected async Task LoadAsync(CancellationToken cancellationToken)
    {
        Times = Describe(Form.Cron, Form.TimeZone, time.GetUtcNow());
        Choices = await ListChoices.ReadAsync(Db, KnownLists.Certifications, User.UserId(), cancellationToken);
        var users = await Db.PeopleAsync(time.GetUtcNow(), cancellationToken);
        People = [.. users.Where(user => user.May(Permission.Certify)).Select(user => new SelectListItem($"{user.Name} ({user.Login})", user.Login))];
    }

    /// <summary>The form again, as it was typed, with what is wrong.</summary>
    protected async Task<IActionResult> AgainAsync(int status, IEnumerable<FieldError> errors, CancellationToken cancellationToken)
    {
        foreach (var error in errors) ModelState.AddModelError(error.Field.Length == 0 ? "" : "Form." + error.Field, error.Message);
        Response.StatusCode = status;
        await LoadAsync(cancellationToken);
        return Page();
    }
}

/// <summary>What an expression means.</summary>
/// <param name="Words">In words; null when it cannot be read.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="Next">The next times.</param>
/// <param name="Zone">By whose clocks.</param>
public sealed record ScheduleTimesView(string? Words, string? Problem, IReadOnlyList<DateTimeOffset> Next, string Zone);

/// <summary>The fields of the form, as typed.</summary>
public sealed class ScheduleForm
{
    public string? Name { get; set; }

    public ReportKind? Kind { get; set; } = ReportKind.Weekly;

    public SchedulePeriod? Period { get; set; } = SchedulePeriod.LastWeek;

    public string? Person { get; set; }

    public List<string> Formats { get; set; } = [];

    public string? Cron { get; set; } = "0 8 * * MON";

    public string? TimeZone { get; set; } = ScheduleFormModel.Zone;

    public string? Recipients { get; set; }

    public static ScheduleForm Of(ReportSchedule schedule) => new()
    {
        Name = schedule.Name,
        Kind = schedule.Kind,
        Period = schedule.Period,
        Person = schedule.Person?.Login,
        Formats = schedule.Formats,
        Cron = schedule.Cron,
        TimeZone = schedule.TimeZone,
        Recipients = string.Join("\n", schedule.Recipients),
    };

    public ScheduleInput Input() => new()
    {
        Name = Name,
        Kind = Kind,
        Period = Period,
        Person = Person,
        Formats = Formats,
        Cron = Cron,
        TimeZone = TimeZone,
        Recipients = Recipients,
    };
}
