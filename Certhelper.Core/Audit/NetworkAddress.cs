using System.Net;
using System.Net.Sockets;

namespace Certhelper.Core.Audit;

/// <summary>
/// Where a request came from, as coarse as it still helps: the network, not the machine. That is enough to tell CERN from
/// elsewhere and one place from another.
/// </summary>
public static class NetworkAddress
{
    /// <summary>The first 24 bits of an IPv4 address, the first 48 of an IPv6 one.</summary>
    public static string? Of(IPAddress? address, bool whole = false)
    {
        if (address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // The machine itself is no network, and tells of nobody.
        if (whole || IPAddress.IsLoopback(address)) return address.ToString();
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
