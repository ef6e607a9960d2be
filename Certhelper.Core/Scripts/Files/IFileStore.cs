namespace Certhelper.Core.Scripts;

/// <summary>Keeps the content of fetched files, by hash.</summary>
public interface IFileStore
{
    /// <summary>Keeps it, unless it is there already.</summary>
    /// <param name="content">Can be read twice: once for the hash.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>SHA-256 of the content, hexadecimal.</returns>
    Task<string> KeepAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Writes it to a stream.</summary>
    /// <returns>Whether it is there.</returns>
    Task<bool> WriteToAsync(string hash, Stream target, CancellationToken cancellationToken);
}
