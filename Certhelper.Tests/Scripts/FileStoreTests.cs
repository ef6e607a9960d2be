using System.Security.Cryptography;
using Certhelper.Core.Scripts;
using Certhelper.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace Certhelper.Tests.Scripts;

/// <summary>Both places for fetched files behave alike.</summary>
public sealed class FileStoreTests : IAsyncLifetime
{
    private readonly string folder = TestFolder.Create("files-");
    private TestDatabase database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        TestFolder.Delete(folder);
    }

    [Theory]
    [InlineData("folder", 0)]
    [InlineData("folder", 700_001)]
    [InlineData("database", 0)]
    [InlineData("database", 700_001)]
    public async Task What_is_kept_is_given_back_as_it_was_and_the_same_content_is_kept_once(string place, int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        await using var db = database.NewContext();
        IFileStore store = place == "folder" ? Folder() : new DatabaseFileStore(db, TimeProvider.System);

        var hash = await store.KeepAsync(new MemoryStream(content), Token);
        var again = await store.KeepAsync(new MemoryStream(content), Token);
        using var back = new MemoryStream();
        var found = await store.WriteToAsync(hash, back, Token);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), hash);
        Assert.Equal(hash, again);
        Assert.True(found);
        Assert.Equal(content, back.ToArray());
        Assert.False(await store.WriteToAsync(new string('0', 64), Stream.Null, Token));
        if (place == "folder") Assert.Equal([Path.Combine(folder, hash[..2], hash)], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Several_who_keep_the_same_file_in_a_folder_at_the_same_time_leave_one_whole_file()
    {
        var content = RandomNumberGenerator.GetBytes(3_000_000);

        var hashes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Folder().KeepAsync(new MemoryStream(content), Token)));

        Assert.Single(hashes.Distinct());
        Assert.Equal(content, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)), Token));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    public async Task What_is_no_hash_leads_nowhere(string hash) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Folder().WriteToAsync(hash, Stream.Null, Token));

    private FolderFileStore Folder() => new(Options.Create(new ScriptsOptions { FilesFolder = folder }));
}
