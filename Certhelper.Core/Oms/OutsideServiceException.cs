namespace Certhelper.Core.Oms;

/// <summary>An outside service could not be asked, or its answer could not be used.</summary>
/// <param name="source">Name of the service, as in <see cref="SourceContact"/>.</param>
/// <param name="message">What happened, in words for people; holds no secret.</param>
/// <param name="inner">The cause, for the log.</param>
public sealed class OutsideServiceException(string source, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Name of the service, as in <see cref="SourceContact"/>.</summary>
    public string Service { get; } = source;
}
