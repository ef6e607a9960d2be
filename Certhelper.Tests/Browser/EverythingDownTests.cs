using System.Net;
using System.Net.Http.Json;
using Certhelper.Core.Certification;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Tests.Browser.Pages;
using Certhelper.Tests.Checklists;
using Certhelper.Tests.Infrastructure;
using Certhelper.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Certhelper.Tests.Browser;

/// <summary>OMS, the Run Registry and SSO are all away, and a shift goes on. Alone, because it takes them from everybody.</summary>
[Collection(MeasuredAlone.Name)]
[Trait("kind", "stack")]
public sealed class EverythingDownTests(StackFixture fixture, BrowserFixture browser)
{
    // A run that OMS knows and that no synchronisation has taken over.
    private const int Run = 299329;

    private static readonly string[] Services = ["sso", "oms", "runregistry"];

    [Fact]
    public async Task A_certification_by_hand_is_completed_when_the_services_return_and_the_history_says_so()
    {
        var stack = await fixture.StartedAsync();
        using var control = stack.CreateClient("standins");
        await using var db = await stack.NewContextAsync();
        var sara = await browser.OpenAsync(stack.Web);
        await new DoorPage(sara).SignInAsync("sara.shifter");
        var olga = await browser.OpenAsync(stack.Web);
        await new DoorPage(olga).SignInAsync("olga.ops");
        await db.Runs.Where(run => run.RunNumber == Run).ExecuteDeleteAsync(TestContext.Current.CancellationToken);

        string form;
        int saved;
        try
        {
            foreach (var service in Services)
                (await control.PutAsJsonAsync($"/control/{service}", new { fault = "refuse" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            await sara.GotoAsync($"/runs/{Run}/rereco/certify");
            form = await sara.InnerTextAsync("main");
            saved = await SaveAsync(sara);
        }
        finally
        {
            foreach (var service in Services) await control.DeleteAsync($"/control/{service}", TestContext.Current.CancellationToken);
        }

        var before = await ItemAsync(db);
        await CompleteAsync(olga, db);
        var after = await ItemAsync(db);
        await sara.GotoAsync($"/certifications/{after.Id}");
        var history = await sara.InnerTextAsync("main");

        Assert.Contains("Facts can be typed by hand", form, StringComparison.Ordinal);
        Assert.Equal((int)HttpStatusCode.OK, saved);
        Assert.False(before.FactsComplete);
        Assert.True(after.FactsComplete);
        var run = after.RunReconstruction!.Run!;
        Assert.Equal((38.0, FactSource.Person), (run.RecordedLumiInvPb, run.Origins[nameof(run.RecordedLumiInvPb)].Source));
        Assert.Equal((342, FactSource.Oms), (run.Lumisections, run.Origins[nameof(run.Lumisections)].Source));
        Assert.Contains("from OMS", history, StringComparison.Ordinal);
    }

    // As the form would send it; what it looks like is for other tests.
    private static async Task<int> SaveAsync(IPage page)
    {
        var fields = page.Context.APIRequest.CreateFormData();
        fields.Set("__token", await page.InputValueAsync("form.certify-form input[name=__token]"));
        fields.Set("Input.Date", await page.InputValueAsync("#Input_Date"));
        foreach (var (name, value) in new[] { ("Input.Pixel", "Good"), ("Input.Strip", "Good"), ("Input.Tracking", "Good"), ("Input.TrackerMap", "Exists"), ("Facts.Type", "Collisions"), ("Facts.RecordedLumiInvPb", "38") })
            fields.Set(name, value);
        foreach (var (name, value) in GoodAnswers.Fields()) fields.Set(name, value!);
        var answer = await page.Context.APIRequest.PostAsync($"/runs/{Run}/rereco/certify", new() { Form = fields });
        return answer.Url.EndsWith("/certify", StringComparison.Ordinal) ? (int)HttpStatusCode.UnprocessableEntity : answer.Status;
    }

    // The job runs by its schedule anyway; this does not wait for that.
    private static async Task CompleteAsync(IPage ops, CerthelperDbContext db)
    {
        await ops.GotoAsync("/hangfire/recurring");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!(await ItemAsync(db)).FactsComplete)
        {
            await ops.CheckAsync("input[name='jobs[]'][value='facts-completion']");
            await ops.ClickAsync("button[data-url$='/recurring/trigger']");
            await ops.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
            await ops.ReloadAsync();
        }
    }

    private static Task<TrackerCertification> ItemAsync(CerthelperDbContext db) => db.Certifications.AsNoTracking()
        .Include(row => row.RunReconstruction!.Run)
        .SingleAsync(row => row.RunReconstruction!.RunNumber == Run && row.RunReconstruction.Reconstruction == Reconstruction.ReReco);
}
