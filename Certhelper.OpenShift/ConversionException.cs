namespace Certhelper.OpenShift;

/// <summary>The manifest or the values say something that cannot be turned into objects. The message is for the person who called.</summary>
internal sealed class ConversionException(string message) : Exception(message);
