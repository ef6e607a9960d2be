using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Certhelper.AppHost.LocalEngine;

namespace Certhelper.Tests.AppHost;

public sealed class PortsTests : IDisposable
{
    private readonly ProjectResource web = new("web");
    private readonly TcpListener other = new(IPAddress.Loopback, 0);
    private readonly int taken;

    public PortsTests()
    {
        other.Start();
        taken = ((IPEndPoint)other.LocalEndpoint).Port;
    }

    public void Dispose() => other.Dispose();

    [Fact]
    public void Preferred_port_that_is_taken_gives_the_next_free_one()
    {
        var endpoint = new EndpointAnnotation("http", "http", "http", taken) { PortIsPreference = true };

        var port = new Ports().For(web, endpoint, ignorePreference: false);

        Assert.InRange(port, taken + 1, taken + 100);
    }

    [Fact]
    public void Port_that_somebody_insists_on_is_refused_when_taken()
    {
        var endpoint = new EndpointAnnotation("http", "http", "http") { PortIsPreference = true };
        endpoint.Port = taken;

        var failure = Assert.Throws<DistributedApplicationException>(() => new Ports().For(web, endpoint, ignorePreference: false));

        Assert.Contains($"port {taken} of web is taken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_beside_a_running_stack_get_any_port()
    {
        var endpoint = new EndpointAnnotation("http", "http", "http", 5080) { PortIsPreference = true };

        Assert.NotEqual(5080, new Ports().For(web, endpoint, ignorePreference: true));
    }

    [Fact]
    public void Ports_are_given_once_and_below_the_range_of_outgoing_connections()
    {
        var ports = new Ports();

        var given = Enumerable.Range(0, 200).Select(_ => ports.Any()).ToList();

        Assert.Equal(200, given.Distinct().Count());
        Assert.All(given, port => Assert.InRange(port, 20_000, 31_999));
    }
}
