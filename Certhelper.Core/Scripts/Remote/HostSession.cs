using System.Net.Sockets;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Certhelper.Core.Scripts;

/// <summary>An open way to a host: one connection for commands, one for files. All its failures are <see cref="HostTroubleException"/>.</summary>
public sealed class HostSession : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    private readonly HostLogin login;
    private readonly SshClient shell;
    private readonly SftpClient files;

    internal HostSession(HostLogin login, string address, int port)
    {
        this.login = login;
        shell = new SshClient(new ConnectionInfo(address, port, login.Account, [.. login.Methods]));
        files = new SftpClient(new ConnectionInfo(address, port, login.Account, [.. login.Methods])) { OperationTimeout = AnswerLimit };
    }

    internal IReadOnlyList<BaseClient> Clients => [shell, files];

    public string Account => login.Account;

    /// <summary>What must be masked in output.</summary>
    public IReadOnlyList<string> Secrets => login.Secrets;

    /// <summary>
    /// Runs a script of ours in a POSIX shell. The script goes in by standard input, so whatever shell the account has sees
    /// two plain words, and nothing is left behind.
    /// </summary>
    /// <param name="script">Its text; it defines <c>main</c>, which is called with the words.</param>
    /// <param name="words">Any words; each is quoted.</param>
    /// <param name="limit">Longest time to wait for its end.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(string script, IEnumerable<string> words, TimeSpan limit, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        using var command = shell.CreateCommand("sh -s");
        var running = command.ExecuteAsync(time.Token);
        await using (var input = command.CreateInputStream())
        {
            // A connection that breaks here leaves a shell that has read only a definition, and does nothing.
            var text = script + "\nmain " + string.Join(' ', words.Select(ShellWords.Quote)) + "\n";
            await input.WriteAsync(Encoding.UTF8.GetBytes(text), time.Token);
        }

        await running;
        return command.Result;
    }, cancellationToken);

    /// <summary>Opens a file to read; reading on after its end gives what was added meanwhile.</summary>
    /// <returns>Null when there is no such file.</returns>
    public Task<HostFile?> OpenAsync(string path, CancellationToken cancellationToken) => GuardAsync<HostFile?>(async () =>
    {
        try
        {
            return new HostFile(await files.OpenAsync(path, FileMode.Open, FileAccess.Read, cancellationToken));
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }, cancellationToken);

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) => GuardAsync(() => files.ExistsAsync(path, cancellationToken), cancellationToken);

    /// <summary>The account's home, as the host names it.</summary>
    public string Home => files.WorkingDirectory;

    /// <summary>What a folder holds; empty when it is not there or closed to us.</summary>
    public Task<IReadOnlyList<HostEntry>> ListAsync(string folder, CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<HostEntry>>(async () =>
    {
        try
        {
            List<HostEntry> entries = [];
            await foreach (var entry in files.ListDirectoryAsync(folder, cancellationToken))
                if (entry.Name is not ("." or "..")) entries.Add(new HostEntry(entry.Name, entry.FullName, entry.IsDirectory || entry.IsSymbolicLink, entry.Length, entry.LastWriteTimeUtc));
            return entries;
        }
        catch (Exception exception) when (exception is SftpPathNotFoundException or SftpPermissionDeniedException)
        {
            return [];
        }
    }, cancellationToken);

    public void Dispose()
    {
        foreach (var client in Clients)
        {
            try
            {
                client.Dispose();
            }
            catch (Exception exception) when (exception is SshException or SocketException or ObjectDisposedException)
            {
                // It was broken already.
            }
        }

        login.Dispose();
    }

    internal static async Task<T> GuardAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostTroubleException(HostTrouble.Network, "The host does not answer any more.", exception);
        }
        catch (Exception exception) when (exception is SshException or SocketException or IOException or ObjectDisposedException or InvalidOperationException or NotSupportedException)
        {
            throw new HostTroubleException(HostTrouble.Network, "The connection broke: " + exception.Message.TrimEnd('.') + ".", exception);
        }
    }
}

/// <summary>An entry of a folder.</summary>
public sealed record HostEntry(string Name, string Path, bool IsFolder, long Size, DateTime MadeAt);

/// <summary>A file of a host, open to read.</summary>
public sealed class HostFile : IAsyncDisposable
{
    private readonly Stream stream;

    internal HostFile(Stream stream) => this.stream = stream;

    public long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>Reads what is there; 0 at the end.</summary>
    public Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        HostSession.GuardAsync(() => stream.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await stream.DisposeAsync();
        }
        catch (Exception exception) when (exception is SshException or SocketException or ObjectDisposedException)
        {
            // Closing what is broken changes nothing.
        }
    }
}
