namespace Certhelper.Standins.RunRegistry;

/// <summary>Whatever goes wrong in a handler of the registry is a 500 with this text, wrong questions included.</summary>
internal sealed class RegistryError(string message) : Exception(message);
