using System.Net;
using Certhelper.Core.Certification;
using Certhelper.Core.People;
using Certhelper.Core.References;
using Certhelper.Core.Runs;
using Certhelper.Core.Storage;
using Certhelper.Jobs.Sync;
using Certhelper.Tests.Jobs;
using Certhelper.Tests.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Certhelper.Tests.Web;

/// <summary>The list of references, promoting by number, what they are meant for, read-out modes.</summary>
public sealed class ReferencePagesTests : IAsyncLifetime
{
    private readonly WebSite site = new();
    private Visitor sara = null!;
    private Visitor lena = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await site.InitializeAsync();
        sara = await site.SignedInAsAsync(Role.Shifter);
        lena = await site.SignedInAsAsync(Role.ShiftLeader);
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task The_list_shows_conditions_and_sorts_filters_and_hides_the_retired()
    {
        var first = await site.Given.ReferenceAsync(lena.User!);
        var second = await site.Given.ReferenceAsync(lena.User!);
        await using var db = site.Database.NewContext();
        var run = await db.References.Where(row => row.Id == first).Select(row => row.RunReconstruction!.RunNumber).SingleAsync(Stop);
        await db.Runs.Where(row => row.RunNumber == run).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ApvMode, ApvMode.Peak).SetProperty(row => row.Era, "2018D").SetProperty(row => row.Lumisections, 9000), Stop);

        var all = await lena.GetAsync("/references?sort=-ls");
        var era = await lena.GetAsync("/references?era=2018D");
        var mode = await lena.GetAsync("/references?apv=Deconvolution");
        await lena.SubmitAsync($"/references/{second}/retire", "main form", ("Reason", "A newer one"));
        var inUse = await lena.GetAsync("/references");
        var retired = await lena.GetAsync("/references?retired=true");

        var row = all.Find("tbody tr").TextContent;
        foreach (var value in new[] { $"{run}", "express", "collisions", "2018D", "PEAK", "3.8", "6799", "61.2", "2340", "9000", "103 pb⁻¹", "everything" })
            Assert.Contains(value, row, StringComparison.Ordinal);
        Assert.Equal(2, all.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Single(era.Document.QuerySelectorAll("tbody tr"));
        Assert.Contains("No reference fits", mode.Words, StringComparison.Ordinal);
        Assert.Single(inUse.Document.QuerySelectorAll("tbody tr"));
        Assert.Contains("A newer one", Assert.Single(retired.Document.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D56_every_way_in_which_promoting_fails_is_said_in_words()
    {
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(lena.User!, run);
        await site.Given.CertificationAsync(lena.User!, run, Reconstruction.Prompt, ComponentVerdict.Bad);

        var unknown = await PromoteAsync("399999", "express");
        var nothing = await PromoteAsync("", "express");
        var letters = await PromoteAsync("abc", "express");
        var uncertified = await PromoteAsync($"{run}", "rereco");
        var bad = await PromoteAsync($"{run}", "prompt");
        var online = await PromoteAsync($"{run}", "online");
        var good = await PromoteAsync($"{run}", "express");
        var page = await lena.GetAsync(good.Location!);
        var again = await PromoteAsync($"{run}", "express");
        var list = await lena.GetAsync("/references");

        Assert.All([unknown, nothing, letters, uncertified, bad, online], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.Contains("Run 399999 is not known here", unknown.Words, StringComparison.Ordinal);
        Assert.Equal("399999", unknown.Find("#Run").GetAttribute("value"));
        Assert.Contains("Type the number of the run.", nothing.Words, StringComparison.Ordinal);
        Assert.Contains($"{run} rereco is not certified yet", uncertified.Words, StringComparison.Ordinal);
        Assert.Contains($"{run} prompt is certified as bad", bad.Words, StringComparison.Ordinal);
        Assert.Contains("Choose a reconstruction", online.Words, StringComparison.Ordinal);
        Assert.Contains($"{run} express is a reference now", page.Toasts, StringComparison.Ordinal);
        Assert.Equal(good.Location, again.Location);
        Assert.Contains("is a reference already", list.Toasts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D56_the_confirmation_page_of_promoting_says_what_it_is_about()
    {
        var run = await site.Given.RunAsync();
        var good = await site.Given.CertificationAsync(lena.User!, run);
        var bad = await site.Given.CertificationAsync(lena.User!, run, Reconstruction.Prompt, ComponentVerdict.Bad);

        Assert.Contains($"Make {run} express a reference? A collisions run, certified as good.", (await lena.GetAsync($"/certifications/{good}/promote")).Words, StringComparison.Ordinal);
        Assert.Contains("certified as bad: it cannot become a reference", (await lena.GetAsync($"/certifications/{bad}/promote")).Words, StringComparison.Ordinal);
        await using var db = site.Database.NewContext();
        Assert.False(await db.References.AnyAsync(Stop));
    }

    [Fact]
    public async Task The_list_is_sorted_by_how_many_certifications_use_each()
    {
        List<int> references = [];
        for (var i = 0; i < 3; i++) references.Add(await site.Given.ReferenceAsync(lena.User!));
        await using var db = site.Database.NewContext();
        foreach (var (reference, uses) in new[] { (references[0], 1), (references[2], 2) })
            for (var i = 0; i < uses; i++)
                await UseAsync(await site.Given.CertificationAsync(sara.User!), reference);
        // What is deleted uses nothing.
        for (var i = 0; i < 3; i++)
        {
            var deleted = await site.Given.CertificationAsync(sara.User!);
            await UseAsync(deleted, references[1]);
            await site.Given.DeletedAsync(deleted);
        }

        Assert.Equal(["2", "1", "0"], await UsedAsync("/references?sort=-used"));
        Assert.Equal(["0", "1", "2"], await UsedAsync("/references?sort=used"));
        Assert.Equal("descending", (await sara.GetAsync("/references?sort=-used")).Find("th[aria-sort]").GetAttribute("aria-sort"));

        Task UseAsync(int certification, int reference) => db.Certifications.Where(item => item.Id == certification)
            .ExecuteUpdateAsync(set => set.SetProperty(item => item.ReferenceId, reference), Stop);

        async Task<IEnumerable<string>> UsedAsync(string address) =>
            (await sara.GetAsync(address)).Document.QuerySelectorAll("td[data-head=Used]").Select(cell => cell.TextContent);
    }

    [Fact]
    public async Task D59_only_those_who_may_see_a_button_and_a_job_gets_what_is_missing_while_nobody_waits()
    {
        site.Outside.Weather = Weather.Hangs;
        var reference = await site.Given.ReferenceAsync(lena.User!);
        await using var db = site.Database.NewContext();
        var run = await db.References.Where(row => row.Id == reference).Select(row => row.RunReconstruction!.RunNumber).SingleAsync(Stop);
        var guest = await site.SignedInAsAsync(Role.Guest);
        await sara.GetAsync("/references");

        var pressed = await sara.PressAsync("/references/modes");
        var asked = await sara.GetAsync("/references?sort=-used");
        var waitedFor = site.Outside.Asked.Count(address => address.AbsolutePath == "/ebutz");
        var seen = await guest.GetAsync("/references");
        site.Outside.Weather = Weather.KnowsNothing;
        site.Outside.Ebutz = number => $$"""[["{{number}}","DECO"]]""";
        var result = await PassAsync();
        var done = await sara.GetAsync("/references");
        await sara.PressAsync("/references/modes");
        var again = await sara.GetAsync("/references");

        Assert.Equal("/references", pressed.Location);
        Assert.Equal(0, waitedFor);
        Assert.Equal("The read-out mode of 1 run is asked for; it arrives in a moment.", asked.Toasts);
        Assert.Contains("The missing APV modes are asked for; they arrive in a moment.", asked.Words, StringComparison.Ordinal);
        // The page looks again by itself, with its filters and its order.
        Assert.Equal("/references?sort=-used", asked.Find("#list [hx-trigger^=load]").GetAttribute("hx-get"));
        Assert.Null(seen.Document.QuerySelector("form[action='/references/modes']"));
        Assert.NotNull(asked.Document.QuerySelector("form[action='/references/modes']"));
        Assert.Null(asked.Document.QuerySelector("form[action='/references/promote']"));
        Assert.Equal("Read-out mode of 1 run: 1 told by ebutz, 0 unknown to it, 0 not answered.", result);
        Assert.Equal([new Uri($"http://outside.test/ebutz?RUN={run}")], site.Outside.Asked.Where(address => address.AbsolutePath == "/ebutz"));
        Assert.Null(done.Document.QuerySelector("#list [hx-trigger^=load]"));
        Assert.Contains("APV modes looked for just now", done.Words, StringComparison.Ordinal);
        Assert.Contains("DECO", done.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal("The read-out mode of all references is known already.", again.Toasts);
    }

    [Fact]
    public async Task Letters_for_the_number_of_a_run_are_refused_in_words_and_kept()
    {
        var refused = await PromoteAsync("three", "express");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("“three” is not what this field takes.", refused.Find("#Run-error").TextContent);
        Assert.Equal("three", refused.Find("#Run").GetAttribute("value"));
    }

    [Fact]
    public async Task D59_a_question_that_no_worker_takes_is_called_late()
    {
        await site.Given.ReferenceAsync(lena.User!);
        await sara.PressAsync("/references/modes");
        await using var db = site.Database.NewContext();
        await db.SyncMarks.ExecuteUpdateAsync(set => set.SetProperty(mark => mark.Until, mark => mark.Until!.Value.AddMinutes(-2)), Stop);

        Assert.Contains("no background worker has looked yet", (await sara.GetAsync("/references")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D59_with_ebutz_away_a_run_becomes_a_reference_all_the_same_and_the_failure_is_told()
    {
        site.Outside.Weather = Weather.Refuses;
        var run = await site.Given.RunAsync();
        await site.Given.CertificationAsync(lena.User!, run);

        var done = await PromoteAsync($"{run}", "express");
        var page = await lena.GetAsync(done.Location!);

        Assert.Contains($"{run} express is a reference now", page.Toasts, StringComparison.Ordinal);
        Assert.Contains("Its APV mode is not known yet. ebutz", page.Toasts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_reference_is_meant_for_is_changed_and_seen_with_its_history_and_use()
    {
        var reference = await site.Given.ReferenceAsync(lena.User!);
        var user = await site.Given.CertificationAsync(sara.User!);
        await using var db = site.Database.NewContext();
        await db.Certifications.Where(item => item.Id == user).ExecuteUpdateAsync(set => set.SetProperty(item => item.ReferenceId, reference), Stop);

        var opened = await lena.GetAsync($"/references/{reference}/edit");
        var fields = opened.Fields("main form", ("RunTypes", "Collisions"), ("Reconstructions", "Express"), ("Eras", "2024I, 2024H"), ("ApvMode", "Peak"), ("Why", "October only"));
        var saved = await lena.PostAsync($"/references/{reference}/edit", fields);
        var page = await lena.GetAsync($"/references/{reference}");
        var late = await lena.PostAsync($"/references/{reference}/edit", fields);

        Assert.Equal($"/references/{reference}", saved.Location);
        Assert.Contains("collisions; express; era 2024H, 2024I", page.Words, StringComparison.Ordinal);
        Assert.Contains("“October only”", page.Words, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='/certifications/{user}']"));
        Assert.Contains("by " + lena.User!.Login, page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lena.GetAsync("/references/987654")).Status);
    }

    // As the job does it, in a process of its own.
    private async Task<string> PassAsync()
    {
        await using var scope = site.Service<IServiceScopeFactory>().CreateAsyncScope();
        var marks = new SyncMarks(scope.ServiceProvider.GetRequiredService<CerthelperDbContext>(), TimeProvider.System);
        return await new ApvModesPass(scope.ServiceProvider.GetRequiredService<ApvModeDesk>(), marks).PassAsync(new Steps(), Stop);
    }

    private async Task<WebPage> PromoteAsync(string run, string reconstruction)
    {
        var fields = await lena.TokenAsync();
        fields["Run"] = run;
        fields["Reconstruction"] = reconstruction;
        return await lena.PostAsync("/references/promote", fields);
    }
}
