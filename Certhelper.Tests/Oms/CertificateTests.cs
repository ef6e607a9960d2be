using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Certhelper.Core.Oms;
using Certhelper.Core.RunRegistry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Certhelper.Tests.Oms;

/// <summary>The previous application spoke to whoever answered, whatever certificate they showed.</summary>
public sealed class CertificateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task D16_a_service_whose_certificate_nobody_vouches_for_gets_no_question_and_no_secret()
    {
        var asked = 0;
        using var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var impostor = builder.Build();
        impostor.Run(context =>
        {
            Interlocked.Increment(ref asked);
            return context.Response.WriteAsJsonAsync(new { access_token = "x", expires_in = 300 }, context.RequestAborted);
        });
        await impostor.StartAsync(Token);
        var address = impostor.Urls.Single();
        await using var house = await SourceHouse.CreateAsync(new()
        {
            ["Oms:BaseUrl"] = address + "/agg/api/v1",
            ["RunRegistry:TokenUrl"] = address + "/token",
        });

        var oms = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<OmsClient>().FillsAsync([9877], Token));
        var registry = await Assert.ThrowsAsync<OutsideServiceException>(() => house.Get<RegistryClient>().OfRunsAsync([380115], Token));

        Assert.All([oms, registry], failure => Assert.Contains(Causes(failure), cause => cause is AuthenticationException));
        Assert.Equal(0, asked);
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException) yield return one;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
