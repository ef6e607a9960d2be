using Certhelper.Core.Lists;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Web.Lists;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Certhelper.Web.Leader;

/// <summary>
/// A tab of the leader's pages: reads period and filters from the address before the handler runs; the layout
/// <c>_LeaderLayout</c> draws them. An address that names neither leads to this week, worked out at that moment.
/// </summary>
public abstract class LeaderPage(CerthelperDbContext db, TimeProvider time) : PageModel
{
    private const string TabCookie = "certhelper.leader-tab";

    /// <summary>Which certifications the tab is about.</summary>
    public CertificationFilter Filter { get; private set; } = null!;

    public ListChoices Choices { get; private set; } = null!;

    /// <summary>The day it is at the experiment.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The days that the tab is about; null when an end is open.</summary>
    public Period? Period => PeriodBar.PeriodOf(Filter.Days);

    public PeriodBar Bar => new(Request, Filter.Days, Today);

    public LeaderTab Tab => LeaderTabs.Of(Request.Path);

    /// <summary>The filters in words, without the days: those are in the bar.</summary>
    public IReadOnlyList<FilterChip> Chips =>
        [.. Filter.Chips(Request, Choices.NameOf).Where(chip => !PeriodBar.Parameters.Contains(chip.Name) && chip.Name != "deleted")];

    /// <summary>The same days without any filter.</summary>
    public string WithoutFilters => Request.With([.. CertificationFilter.Parameters.Where(parameter => !PeriodBar.Parameters.Contains(parameter.Name))
        .Select(parameter => (parameter.Name, (string?)null))]);

    /// <summary>Another tab with the same days and filters.</summary>
    public string AddressOf(LeaderTab tab) => QueryHelpers.AddQueryString(tab.Href, Kept());

    /// <summary>This tab, as it is shown; for forms: a handler comes beside what is in the address.</summary>
    public string Here(string handler) => QueryHelpers.AddQueryString(Request.Path + Request.QueryString, "handler", handler);

    /// <summary>Whether the tab is about deleted certifications.</summary>
    protected virtual bool IsOfDeleted => false;

    protected CerthelperDbContext Db => db;

    protected TimeProvider Time => time;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var isGet = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);
        var says = Kept().Any();
        if (isGet && !says)
        {
            context.Result = LocalRedirect(QueryHelpers.AddQueryString(
                Start().Href, Request.Query.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString())).Append(new("when", "this-week"))));
            return;
        }

        Today = ExperimentDay.Today(time);
        Filter = ReadFilter(Request, Today, IsOfDeleted);
        Choices = await ListChoices.ReadAsync(db, KnownLists.Certifications, User.UserId(), HttpContext.RequestAborted);
        if (isGet) RememberTab();
        await next();
    }

    // Without anything in the address the tab that was looked at last is shown; a tab's own address always means that tab.
    private LeaderTab Start() => Request.Query.Count == 0 && Tab == LeaderTabs.All[0]
        ? LeaderTabs.ByKey(Request.Cookies[TabCookie]) ?? Tab
        : Tab;

    private IEnumerable<KeyValuePair<string, string?>> Kept() => Kept(Request);

    private static IEnumerable<KeyValuePair<string, string?>> Kept(HttpRequest request) => CertificationFilter.Parameters.Select(parameter => parameter.Name).Append(PeriodBar.DaysParameter)
        .Where(name => name != "deleted")
        .Select(name => KeyValuePair.Create(name, (string?)request.Query[name].ToString()))
        .Where(pair => !string.IsNullOrEmpty(pair.Value));

    /// <summary>What an address asks for; without days and filters it is this week.</summary>
    internal static CertificationFilter ReadFilter(HttpRequest request, DateOnly today, bool ofDeleted)
    {
        var query = request.Query.Where(pair => pair.Key != "deleted").ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        if (!Kept(request).Any()) query["when"] = "this-week";
        if (ofDeleted) query["deleted"] = "yes";
        return CertificationFilter.Read(new QueryCollection(query).Reader(), today, mayListDeleted: true);
    }

    private void RememberTab()
    {
        if (Request.Cookies[TabCookie] == Tab.Key) return;
        Response.Cookies.Append(TabCookie, Tab.Key, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }
}
