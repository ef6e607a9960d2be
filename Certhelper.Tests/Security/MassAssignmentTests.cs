using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using Certhelper.Core.People;
using Certhelper.Core.Reports;
using Certhelper.Tests.Web.Infrastructure;
using Certhelper.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Certhelper.Tests.Security;

/// <summary>
/// Every form is filled and sent with a field for each column that it does not show: owners, keys, versions, dates, roles. What it
/// shows may be written, and nothing that was smuggled in; and what an address names stays what it names.
/// </summary>
public sealed class MassAssignmentTests(WebSite site, ITestOutputHelper output) : IClassFixture<WebSite>
{
    private const string Word = "smuggled";
    private const int Number = 7_654_321;
    private const string Day = "1999-09-09";

    // Taken from CERN SSO alone, with a token of its own.
    private const string BackChannel = "signout/back-channel";

    // What they do would be in the way of the others.
    private static readonly string[] Last = ["signout", "admin/settings/maintenance"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_address_that_takes_a_form_writes_what_the_form_does_not_ask()
    {
        var admin = await site.Given.PersonAsync("adam.assigned", "Adam Assigned", Enum.GetValues<Role>());
        await using (var db = site.Database.NewContext())
        {
            db.Users.Add(new User { Id = Number, Login = "vera.victim", Name = "Vera Victim", Roles = [Role.Guest], FirstSeenAt = Now, LastSignInAt = Now });
            await db.SaveChangesAsync(Stop);
        }

        var hostKey = await site.Given.HostKeyAsync();
        var columns = Columns();
        List<string> wrong = [];
        var (addresses, sent, taken) = (0, 0, 0);
        foreach (var route in Routes())
        {
            var address = await AddressAsync(route, admin, hostKey);
            var visitor = site.SignedIn(admin);
            if ((await visitor.PressAsync(address)).Status == HttpStatusCode.MethodNotAllowed) continue;
            addresses++;
            // That one was used up.
            address = await AddressAsync(route, admin, hostKey);
            foreach (var (target, own) in await FormsAsync(visitor, address))
            {
                var before = await SmuggledAsync();
                var rights = await RightsAsync();
                var answer = await SendAsync(visitor, target, columns, own);
                // The second look asks back; what it wants stands on the page again.
                if (answer.Status == HttpStatusCode.UnprocessableEntity && Forms(answer, target, target).FirstOrDefault() is { Own: { } again })
                    answer = await SendAsync(visitor, target, columns, again);

                sent++;
                if (answer.Status is HttpStatusCode.Found or HttpStatusCode.OK) taken++;
                if (answer.Status >= HttpStatusCode.InternalServerError) wrong.Add($"{target} broke: {(int)answer.Status}");
                if (answer.Status == HttpStatusCode.NotFound && !target.EndsWith("/draft", StringComparison.Ordinal)) wrong.Add($"{target} was led elsewhere.");
                wrong.AddRange((await SmuggledAsync()).Except(before).Select(row => $"{target} wrote {row}"));
                if (!target.StartsWith("/admin/people/", StringComparison.Ordinal) && await RightsAsync() != rights) wrong.Add($"{target} changed rights.");
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {(int)answer.Status}"));
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{addresses} addresses, {sent} forms sent, {taken} taken; {columns.Count} columns as further fields."));
        Assert.Empty(wrong);
        Assert.True(addresses > 45 && taken > 45, $"Too few: {addresses} addresses, {taken} forms taken.");
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private IEnumerable<string> Routes() => site.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
            || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(method => method is "POST" or "PUT" or "PATCH" or "DELETE") == true)
        .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Where(route => route != BackChannel && !route.StartsWith("error", StringComparison.Ordinal) && route != "denied" && !route.StartsWith("hangfire", StringComparison.Ordinal))
        .Distinct().OrderBy(route => Array.IndexOf(Last, route)).ThenBy(route => route, StringComparer.Ordinal);

    /// <summary>An address with rows of its own, so that one form does not spoil the next.</summary>
    private async Task<string> AddressAsync(string route, User admin, int hostKey)
    {
        var address = "/" + route
            .Replace("{list:regex(^(problems|reasons)$)}", "problems", StringComparison.Ordinal).Replace("{id:int?}", "1", StringComparison.Ordinal)
            .Replace("{feature}", "OmsSync", StringComparison.Ordinal).Replace("{option}", "FewLumisections", StringComparison.Ordinal)
            .Replace("checklists/{key}", "checklists/pixel", StringComparison.Ordinal).Replace("{reconstruction:reconstruction}", "express", StringComparison.Ordinal)
            .Replace("hosts/{id:int}", Invariant($"hosts/{hostKey}"), StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal);
        if (address.Contains("{run:int}", StringComparison.Ordinal)) return address.Replace("{run:int}", Invariant($"{await site.Given.RunAsync()}"), StringComparison.Ordinal);
        if (address.Contains("scripts/{key}", StringComparison.Ordinal))
        {
            var key = await new ExecutionSamples(site.Database).ScriptAsync(ExecutionSamples.Definition());
            return address.Replace("{key}", key, StringComparison.Ordinal);
        }

        if (address.Contains("{id:long}", StringComparison.Ordinal))
            return address.Replace("{id:long}", Invariant($"{await new ExecutionSamples(site.Database).RunningAsync(admin.Id)}"), StringComparison.Ordinal);
        if (!address.Contains("{id:int}", StringComparison.Ordinal)) return address;
        var id = address switch
        {
            _ when address.StartsWith("/admin/people/", StringComparison.Ordinal) => (await site.SignedInAsAsync(Role.Shifter)).User!.Id,
            _ when address.StartsWith("/references/", StringComparison.Ordinal) => await site.Given.ReferenceAsync(admin),
            _ when address.StartsWith("/reports/schedules/", StringComparison.Ordinal) => await ScheduleAsync(admin),
            _ when address.StartsWith("/reports/", StringComparison.Ordinal) => await site.Given.WeeklyReportAsync(admin),
            _ => await site.Given.CertificationAsync(admin),
        };
        if (address.EndsWith("/restore", StringComparison.Ordinal) || address.EndsWith("/remove", StringComparison.Ordinal)) await site.Given.DeletedAsync(id);
        return address.Replace("{id:int}", Invariant($"{id}"), StringComparison.Ordinal);
    }

    private async Task<int> ScheduleAsync(User owner)
    {
        await using var db = site.Database.NewContext();
        var schedule = new ReportSchedule
        {
            Name = "Weekly",
            Kind = ReportKind.Weekly,
            Period = SchedulePeriod.LastWeek,
            Formats = ["text"],
            Cron = "0 8 * * 1",
            TimeZone = "Europe/Zurich",
            Recipients = ["somebody@example.org"],
            OwnerId = owner.Id,
            UpdatedById = owner.Id,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        db.ReportSchedules.Add(schedule);
        await db.SaveChangesAsync(Stop);
        return schedule.Id;
    }

    /// <summary>The forms that are sent to an address, filled: they stand on its own page or on the one above it.</summary>
    private static async Task<List<(string Target, Dictionary<string, string> Own)>> FormsAsync(Visitor visitor, string address)
    {
        foreach (var place in new[] { address, address[..Math.Max(address.LastIndexOf('/'), 1)], "/" })
        {
            var page = await visitor.GetAsync(place);
            if (page.Status == HttpStatusCode.OK && Forms(page, place, address) is { Count: > 0 } found) return found;
        }

        // Where the form is there only with rows of a certain kind, what it would send.
        var own = await visitor.TokenAsync();
        if (address == "/reports/daily") own["date"] = Clock.Iso(DateOnly.FromDateTime(Now.UtcDateTime));
        return [(address, own)];
    }

    private static List<(string Target, Dictionary<string, string> Own)> Forms(WebPage page, string place, string address)
    {
        List<(string, Dictionary<string, string>)> found = [];
        var number = 0;
        foreach (var form in page.Document.QuerySelectorAll("form[method=post i]").OfType<IHtmlFormElement>())
        {
            form.SetAttribute("data-number", Invariant($"{number++}"));
            var target = form.GetAttribute("action") is { Length: > 0 } action ? action : place;
            if (target.Split('?')[0] == address.Split('?')[0]) found.Add((target, Filled(page, form)));
        }

        return found;
    }

    private static Task<WebPage> SendAsync(Visitor visitor, string target, Dictionary<string, Type> columns, Dictionary<string, string> own)
    {
        var fields = Foreign(columns, own);
        foreach (var (name, value) in own) fields[name] = value;
        return visitor.PostAsync(target, fields);
    }

    private static Dictionary<string, string> Filled(WebPage page, IHtmlFormElement form)
    {
        var fields = page.Fields($"form[data-number=\"{form.GetAttribute("data-number")}\"]");
        foreach (var element in form.Elements)
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox" } choice when !fields.ContainsKey(name) && !name.Contains("pplicable", StringComparison.Ordinal):
                    fields[name] = choice.Value;
                    break;
                case IHtmlButtonElement button when form.QuerySelectorAll("button[name]").Length == 1:
                    fields[name] = button.Value;
                    break;
                case IHtmlSelectElement select when fields.GetValueOrDefault(name) is null or "":
                    fields[name] = select.Options.Select(option => option.Value).FirstOrDefault(value => value.Length > 0) ?? "";
                    break;
                case IHtmlInputElement when name == "TypedName":
                    fields[name] = page.Find("#TypedName-hint").TextContent.Trim();
                    break;
                case IHtmlInputElement { Type: "text" or "search" or "date" or "number" } or IHtmlTextAreaElement when fields.GetValueOrDefault(name) is null or "":
                    fields[name] = Fits(name, element.GetAttribute("inputmode") is "numeric" or "decimal" ? "number" : element.GetAttribute("type"));
                    break;
            }
        }

        return fields;
    }

    private static string Fits(string name, string? type) => type == "date" ? DateOnly.FromDateTime(Now.UtcDateTime).AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : name.EndsWith("Key", StringComparison.Ordinal) ? "key-" + Guid.NewGuid().ToString("N")[..8]
        : name.Contains("Facts.", StringComparison.Ordinal) || name.EndsWith("From", StringComparison.Ordinal) || name.EndsWith("Until", StringComparison.Ordinal) ? ""
        : name.EndsWith("Recipients", StringComparison.Ordinal) ? "somebody@example.org"
        : name.EndsWith("Eras", StringComparison.Ordinal) ? "2024I"
        : type == "number" || name.EndsWith("Position", StringComparison.Ordinal) ? "1"
        // Filters: none.
        : char.IsAsciiLetterLower(name[0]) ? ""
        : "Because";

    /// <summary>Every column of every table, as somebody would name it who guesses.</summary>
    private Dictionary<string, Type> Columns()
    {
        using var db = site.Database.NewContext();
        Dictionary<string, Type> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach (var property in db.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => !property.IsShadowProperty()))
            columns.TryAdd(property.Name, Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType);
        return columns;
    }

    private static Dictionary<string, string> Foreign(Dictionary<string, Type> columns, Dictionary<string, string> own)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        // Where a form keeps its fields together, what is smuggled lies among them, too.
        foreach (var prefix in own.Keys.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name[..(name.IndexOf('.', StringComparison.Ordinal) + 1)]).Distinct().Take(2).Append("").Append("Item.").Distinct())
        {
            foreach (var (name, type) in columns)
                fields[prefix + name] = Poison(type);
        }

        foreach (var person in new[] { "Owner", "User", "Person", "By", "Actor" })
            (fields[person + ".Id"], fields[person + ".Roles"], fields[person + ".Login"]) = (Invariant($"{Number}"), nameof(Role.Admin), Word);
        return fields;
    }

    private static string Poison(Type type) =>
        type == typeof(bool) ? "true"
        : type == typeof(DateTimeOffset) ? Day + "T09:09:09Z"
        : type == typeof(DateOnly) ? Day
        : type.IsEnum ? Enum.GetNames(type)[^1]
        : type.IsPrimitive ? Invariant($"{Number}")
        : typeof(IEnumerable<Role>).IsAssignableFrom(type) ? nameof(Role.Admin)
        : Word;

    /// <summary>Every row of every table that holds something of what was smuggled.</summary>
    private async Task<HashSet<string>> SmuggledAsync()
    {
        await using var connection = new NpgsqlConnection(site.Database.ConnectionString);
        await connection.OpenAsync(Stop);
        List<string> tables = [];
        await using (var names = new NpgsqlCommand("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'", connection))
        await using (var reader = await names.ExecuteReaderAsync(Stop))
        {
            while (await reader.ReadAsync(Stop)) tables.Add(reader.GetString(0));
        }

        Assert.True(tables.Count > 30, "There are more tables than that.");
        var each = tables.Select(table => $@"SELECT '{table}: ' || one::text FROM public.{table} AS one WHERE one::text ~ '{Word}|\m{Number}\M|{Day}'");
        await using var command = new NpgsqlCommand(string.Join(" UNION ALL ", each), connection);
        await using var rows = await command.ExecuteReaderAsync(Stop);
        HashSet<string> found = [];
        while (await rows.ReadAsync(Stop)) found.Add(rows.GetString(0));
        return found;
    }

    private async Task<string> RightsAsync()
    {
        await using var db = site.Database.NewContext();
        var people = await db.Users.AsNoTracking().Where(user => user.Id == Number || user.Login.StartsWith("adam.")).OrderBy(user => user.Id).ToListAsync(Stop);
        var grants = await db.RoleGrants.CountAsync(Stop);
        return string.Join(';', people.Select(user => Invariant($"{user.Login} {user.Name} {string.Join(',', user.Roles)} {user.DeactivatedAt}"))) + Invariant($" {grants}");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
