using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Certhelper.Tests.AppHost;

namespace Certhelper.Tests.Replicas;

/// <summary>
/// HAProxy, set as OpenShift's router sets it: it ends TLS, asks the replicas in turn and keeps nobody at one, says for whom
/// the request is, and lets web sockets stay open. What becomes of a pod is told to it as the cluster would tell.
/// </summary>
internal sealed class Router : IDisposable
{
    /// <summary>Header of the answers that names the replica.</summary>
    public const string PodHeader = "X-Pod";

    private readonly string folder;
    private readonly Child child;

    private Router(string folder, int port, X509Certificate2 certificate, Child child) =>
        (this.folder, Address, Certificate, this.child) = (folder, new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}/")), certificate, child);

    public Uri Address { get; }

    /// <summary>The one that browsers of this test believe.</summary>
    public X509Certificate2 Certificate { get; }

    private string Socket => Path.Combine(folder, "router.sock");

    /// <param name="folder">Where its files go.</param>
    /// <param name="port">Where browsers come.</param>
    /// <param name="inside">The Service of the jobs: where the web asks for the dashboard.</param>
    /// <param name="pods">All replicas.</param>
    public static Router Start(string folder, int port, int inside, IReadOnlyList<Pod> pods)
    {
        var certificate = MakeCertificate(Path.Combine(folder, "router.pem"));
        var file = Path.Combine(folder, "router.cfg");
        // Time limits of the Route (deploy/values.yaml); checks as often as the readiness probe.
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
            global
              maxconn 4000
              stats socket {folder}/router.sock mode 600 level admin
              ssl-default-bind-options ssl-min-ver TLSv1.2
            defaults
              mode http
              balance roundrobin
              option redispatch
              retries 3
              option httpchk
              http-check send meth GET uri /health ver HTTP/1.1 hdr Host localhost
              timeout connect 5s
              timeout client 30s
              timeout server 120s
              timeout tunnel 1h
              timeout http-request 10s
              timeout http-keep-alive 300s
              timeout check 4s
              default-server check inter 5s fall 2 rise 1 downinter 1s
            frontend public
              bind 127.0.0.1:{port} ssl crt {folder}/router.pem
              option forwardfor
              http-request set-header X-Forwarded-Proto https
              http-request set-header X-Forwarded-Host %[req.hdr(host)]
              http-request set-header X-Forwarded-Port {port}
              default_backend web
            frontend inside
              bind 127.0.0.1:{inside}
              default_backend jobs
            backend web
              http-response set-header {PodHeader} %s
            {Servers("web")}
            backend jobs
            {Servers("jobs")}

            """));
        return new Router(folder, port, certificate, Child.Start(new ProcessStartInfo(Program(), ["-db", "-f", file]), Path.Combine(folder, "router.log")));

        string Servers(string workload) => string.Join('\n', pods.Where(pod => pod.Workload == workload).Select(pod => string.Create(CultureInfo.InvariantCulture, $"  server {pod.Name} 127.0.0.1:{pod.Port}")));
    }

    /// <summary>Asks none of the replicas twice in a row until it answers.</summary>
    public async Task WaitAsync(HttpClient client) => await Processes.UntilAsync(
        async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/alive", UriKind.Relative), TestContext.Current.CancellationToken);
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(30),
        $"the router answers ({folder}/router.log)");

    /// <summary>Nothing new goes there; what is open stays.</summary>
    public Task DrainAsync(string workload, string pod) => SayAsync($"set server {workload}/{pod} state drain");

    public async Task AdmitAsync(string workload, string pod)
    {
        // It was seen down; the cluster knows better now.
        await SayAsync($"set server {workload}/{pod} health up");
        await SayAsync($"set server {workload}/{pod} state ready");
    }

    public void Dispose()
    {
        child.Dispose();
        Certificate.Dispose();
    }

    private async Task SayAsync(string command)
    {
        using var socket = new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(command + "\n"), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.True(string.IsNullOrWhiteSpace(Encoding.ASCII.GetString(buffer, 0, got)), $"{command}: {Encoding.ASCII.GetString(buffer, 0, got)}");
    }

    private static string Program() => File.Exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "haproxy";

    private static X509Certificate2 MakeCertificate(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return certificate;
    }
}
