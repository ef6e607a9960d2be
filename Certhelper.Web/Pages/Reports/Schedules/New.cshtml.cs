using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Certhelper.Web.Reports;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Certhelper.Web.Pages.Reports.Schedules;

/// <summary>Makes a schedule.</summary>
[Authorize(Policy = nameof(Permission.ManageSchedules))]
public sealed class NewModel(CerthelperDbContext db, ScheduleDesk desk, PostOffice post, TimeProvider time) : ScheduleFormModel(db, post, time)
{
    public override string PostUrl => "/reports/schedules/new";

    public override string Back => "/reports/schedules";

    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        Form.Formats = ["pdf"];
        // As it was looked at before somebody wanted it every week.
        Filter = CertificationFilter.Narrowing(Request.Query.Reader());
        return LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await desk.SaveAsync(null, 0, Sent(), Actor.From(User)!, cancellationToken))
        {
            case ScheduleResult.Done done:
                TempData.Add(new Toast($"“{Form.Name!.Trim()}” is scheduled."));
                return LocalRedirect(ScheduleWords.Url(done.Id));
            case ScheduleResult.Invalid invalid:
                return await AgainAsync(StatusCodes.Status422UnprocessableEntity, invalid.Errors, cancellationToken);
            default:
                return this.Refuse(Permission.ManageSchedules);
        }
    }
}
