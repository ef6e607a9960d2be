using System.Globalization;
using System.Net.Sockets;
using System.Security.Claims;
using Certhelper.Core.People;
using Certhelper.Web.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Certhelper.Web.SignIn;

/// <summary>What we do at the steps of the sign-in protocol.</summary>
internal static partial class SsoEvents
{
    /// <summary>Page that explains a sign-in that failed.</summary>
    public const string ProblemPath = "/signin/problem";

    private const string IdToken = OpenIdConnectParameterNames.IdToken;

    /// <summary>Takes from the token what must outlive it. Nothing is written yet: the nonce is looked at only after this.</summary>
    public static Task ReadTokenAsync(TokenValidatedContext context)
    {
        if (SsoClaims.Read(context.Principal!, context.Options.ClientId!) is null)
        {
            context.Fail(new NamelessTokenException());
            return Task.CompletedTask;
        }

        SessionLife.Begin(
            context.Properties!, context.Options.TimeProvider!.GetUtcNow(), context.Principal!.FindFirstValue("sid"), context.Principal!.FindFirstValue("sub"));
        // One is needed to say at the end whose SSO session ends, the other to ask for the roles again; the rest is not kept.
        context.Properties!.StoreTokens(Kept(context.TokenEndpointResponse));
        RoleRecheck.Asked(context.Properties!, context.Options.TimeProvider!.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <summary>When all is proven: writes the person down and puts our own few claims into the session; roles are taken anew each time.</summary>
    public static async Task TakeInAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var claims = SsoClaims.Read(context.Principal!, ((OpenIdConnectOptions)context.Options).ClientId!)!;
        var user = await services.GetRequiredService<PeopleDesk>().SignedInAsync(claims, context.HttpContext.RequestAborted);
        if (user.DeactivatedAt is not null)
        {
            SignInProblem.Deactivated.Count();
            await services.GetRequiredService<SecurityLog>().SignInRefusedAsync(context.HttpContext, $"{SignInProblem.Deactivated}: {user.Login}");
            context.Response.Redirect(string.Create(CultureInfo.InvariantCulture, $"{ProblemPath}?why={SignInProblem.Deactivated}"));
            context.HandleResponse();
            return;
        }

        context.Principal = new ClaimsPrincipal(SessionIdentity.Of(user));
        await services.GetRequiredService<SecurityLog>().SignedInAsync(context.HttpContext, user);
        Log.SignedIn(Logger(context.HttpContext), user.Login, string.Join(", ", user.Roles));
    }

    /// <summary>Without the hint CERN SSO asks the person to confirm, or answers 400.</summary>
    public static async Task HintWhoLeavesAsync(RedirectContext context)
    {
        context.ProtocolMessage.ClientId = context.Options.ClientId;
        // The session cookie is gone from the answer by now, but still in the request.
        context.ProtocolMessage.IdTokenHint ??= await context.HttpContext.GetTokenAsync(Session.Scheme, IdToken);
    }

    /// <summary>Turns a failure into a page that says what to do; details go to the log.</summary>
    public static async Task ExplainFailureAsync(RemoteFailureContext context)
    {
        var problem = Classify(context.Failure);
        problem.Count();
        if (problem == SignInProblem.Unexpected) Log.Failed(Logger(context.HttpContext), context.Failure);
        else Log.Refused(Logger(context.HttpContext), problem, context.Failure?.Message);
        context.Response.Redirect(string.Create(CultureInfo.InvariantCulture, $"{ProblemPath}?why={problem}"));
        context.HandleResponse();
        await context.HttpContext.RequestServices.GetRequiredService<SecurityLog>().SignInRefusedAsync(context.HttpContext, $"{problem}: {context.Failure?.Message}");
    }

    private static IEnumerable<AuthenticationToken> Kept(OpenIdConnectMessage? answer)
    {
        if (answer?.IdToken is { } id) yield return new AuthenticationToken { Name = IdToken, Value = id };
        if (answer?.RefreshToken is { } refresh) yield return new AuthenticationToken { Name = OpenIdConnectParameterNames.RefreshToken, Value = refresh };
    }

    private static SignInProblem Classify(Exception? failure) => failure switch
    {
        AuthenticationFailureException denied when Says(denied, "access_denied") => SignInProblem.Refused,
        OpenIdConnectProtocolException denied when Says(denied, "access_denied") => SignInProblem.Refused,
        NamelessTokenException => SignInProblem.Nameless,
        HttpRequestException or SocketException or TaskCanceledException or TimeoutException => SignInProblem.Unavailable,
        { InnerException: { } inner } when Classify(inner) is not SignInProblem.Unexpected and var known => known,
        { } other when Says(other, "orrelation failed") || Says(other, "oauth state") || Says(other, "message.State") || Says(other, "Nonce") || Says(other, "nonce")
            => SignInProblem.StartAgain,
        { } other when Says(other, "IDX20803") || Says(other, "IDX20804") => SignInProblem.Unavailable,
        _ => SignInProblem.Unexpected,
    };

    private static bool Says(Exception exception, string words) =>
        exception.Message.Contains(words, StringComparison.Ordinal)
        || (exception.Data["error"] as string)?.Contains(words, StringComparison.Ordinal) == true;

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SsoEvents).FullName!);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Login} signed in as {Roles}")]
        public static partial void SignedIn(ILogger logger, string login, string roles);

        [LoggerMessage(2, LogLevel.Warning, "A sign-in ended with {Problem}: {Reason}")]
        public static partial void Refused(ILogger logger, SignInProblem problem, string? reason);

        [LoggerMessage(3, LogLevel.Error, "A sign-in failed unexpectedly")]
        public static partial void Failed(ILogger logger, Exception? exception);
    }

    private sealed class NamelessTokenException() : AuthenticationFailureException("The token of CERN SSO names nobody.");
}
