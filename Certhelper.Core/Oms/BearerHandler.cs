using System.Net;
using System.Net.Http.Headers;

namespace Certhelper.Core.Oms;

/// <summary>Puts the access token on every question, and asks once more with a new one when it is refused.</summary>
internal sealed class BearerHandler(TokenSource tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized) return response;

        var renewed = await tokens.RenewAsync(token, cancellationToken);
        if (renewed is null) return response;
        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", renewed);
        return await base.SendAsync(request, cancellationToken);
    }
}
