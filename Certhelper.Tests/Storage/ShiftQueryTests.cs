using Certhelper.Core.Certification;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Tests.Oms;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Tests.Storage;

public sealed class ShiftQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_datasets_with_their_living_certification_are_one_query()
    {
        await using var house = await SourceHouse.CreateAsync();
        var sara = await house.PersonAsync("sara", "shifter");
        await using var db = house.Database.NewContext();
        db.RegistryDatasets.AddRange(
            Dataset(321138, "/Express/Collisions2018/DQM"), Dataset(321138, "/PromptReco/Collisions2018D/DQM"), Dataset(321140, "online"));
        await db.SaveChangesAsync(Token);
        await house.Get<CertificationDesk>().CreateAsync(321138, Reconstruction.Express, house.GoodInput(), sara, Token);
        var certifiable = Reconstructions.Certifiable.Cast<Reconstruction?>().ToList();

        var query = db.RegistryDatasets
            .Where(dataset => dataset.TrackerState == RegistryDataset.Open && certifiable.Contains(dataset.Reconstruction))
            .OrderByDescending(dataset => dataset.RunNumber).ThenBy(dataset => dataset.Name)
            .Select(dataset => new
            {
                dataset.Name,
                By = db.Certifications
                    .Where(item => item.RunReconstruction!.RunNumber == dataset.RunNumber && item.RunReconstruction.Reconstruction == dataset.Reconstruction)
                    .Select(item => item.Owner!.Name).FirstOrDefault(),
            });
        var rows = await query.ToListAsync(Token);

        Assert.Equal(
            [("/Express/Collisions2018/DQM", sara.Name), ("/PromptReco/Collisions2018D/DQM", null)], rows.Select(row => (row.Name, (string?)row.By)));
    }

    [Fact]
    public async Task A_protection_key_is_kept_whole()
    {
        await using var house = await SourceHouse.CreateAsync();
        await using var db = house.Database.NewContext();
        db.DataProtectionKeys.Add(new() { FriendlyName = "key", Xml = new string('x', 4000) });

        await db.SaveChangesAsync(Token);

        Assert.Equal(4000, (await db.DataProtectionKeys.AsNoTracking().SingleAsync(Token)).Xml!.Length);
    }

    private static RegistryDataset Dataset(int run, string name) => new()
    {
        RunNumber = run,
        Name = name,
        Reconstruction = Reconstructions.FromDatasetName(name),
        TrackerState = RegistryDataset.Open,
    };
}
