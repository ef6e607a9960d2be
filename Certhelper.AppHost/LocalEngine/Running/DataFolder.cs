using System.Globalization;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// The folder that keeps what lasts between starts: database, generated secrets, notes about started processes. Only one
/// engine at a time may have it open.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const long NeededBytes = 256L << 20;

    // What the runtime reports for a file that another process has locked.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private readonly Func<string, long> freeBytes;
    private FileStream? gate;

    /// <param name="freeBytes">How much the disk of a folder still takes; tests have small disks.</param>
    public DataFolder(string path, Func<string, long>? freeBytes = null)
    {
        this.freeBytes = freeBytes ?? (folder => new DriveInfo(folder).AvailableFreeSpace);
        FullPath = Path.GetFullPath(path);
        Secrets = new Secrets(Path.Combine(FullPath, "secrets.json"));
        Notes = new ProcessNotes(Path.Combine(FullPath, "processes"));
    }

    public string FullPath { get; }

    public Secrets Secrets { get; }

    public ProcessNotes Notes { get; }

    /// <summary>Makes the folder and takes it.</summary>
    /// <exception cref="DistributedApplicationException">Another engine has it, or nothing can be kept in it.</exception>
    public void Open()
    {
        try
        {
            Directory.CreateDirectory(FullPath);
            Take();
            // Also tells a read-only or full disk before PostgreSQL does, in its many words.
            var probe = Path.Combine(FullPath, "probe");
            try
            {
                File.WriteAllBytes(probe, new byte[4096]);
            }
            finally
            {
                File.Delete(probe);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new DistributedApplicationException($"The data folder {FullPath} cannot be written: {exception.Message.TrimEnd('.')}.");
        }

        var free = freeBytes(FullPath);
        if (free < NeededBytes)
            throw new DistributedApplicationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of the data folder {FullPath} is full: {free >> 20} MiB are free and at least {NeededBytes >> 20} MiB are needed."));
    }

    public void Dispose() => gate?.Dispose();

    private void Take()
    {
        var path = Path.Combine(FullPath, "up.lock");
        try
        {
            gate = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new DistributedApplicationException($"it is already running with the data folder {FullPath}; use that one, or stop it first (Ctrl-C where it runs).");
        }
    }
}
