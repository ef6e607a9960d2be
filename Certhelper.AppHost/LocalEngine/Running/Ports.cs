using System.Net;
using System.Net.Sockets;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>
/// Chooses ports on the loopback interface. Free ones are taken below the range that the system gives to outgoing
/// connections: there, a client that retries a server that is down could connect to itself and keep the port.
/// </summary>
internal sealed class Ports
{
    private const int First = 20_000;
    private const int End = 32_000;

    private readonly HashSet<int> given = [];

    public int Any()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = Random.Shared.Next(First, End);
            if (Take(port)) return port;
        }

        throw new DistributedApplicationException($"No free port was found between {First} and {End}.");
    }

    /// <summary>The endpoint's own port or, when that is only a preference and taken, the next free one.</summary>
    /// <param name="ignorePreference">For tests, which run beside a stack that has the usual ports.</param>
    public int For(Resource resource, EndpointAnnotation endpoint, bool ignorePreference)
    {
        if (endpoint.Port is not { } port || (ignorePreference && endpoint.PortIsPreference)) return Any();
        if (Take(port)) return port;
        if (!endpoint.PortIsPreference)
            throw new DistributedApplicationException($"port {port} of {resource.Name} is taken by another program; stop that one, or choose another port.");
        for (var next = port + 1; next <= IPEndPoint.MaxPort; next++)
            if (Take(next)) return next;
        throw new DistributedApplicationException($"No free port was found above {port}.");
    }

    private bool Take(int port) => !given.Contains(port) && IsFree(port) && given.Add(port);

    private static bool IsFree(int port) => IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            // A machine may have IPv6 in the kernel and no address on its loopback interface.
            return exception.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
