using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Certhelper.Standins.Sso;

/// <summary>What a person and a client meet at the realm's URLs, once OpenIddict has checked the request.</summary>
internal static class SsoEndpoints
{
    private const string Provider = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string SessionIdClaim = "sid";
    private const string RefusedFlag = "standin_refused";

    public static void MapSso(this WebApplication app)
    {
        var realm = app.MapGroup(SsoPaths.Realm);
        realm.MapMethods(SsoPaths.Authorization, ["GET", "POST"], AuthorizeAsync);
        realm.MapPost(SsoPaths.Token, TokenAsync);
        realm.MapPost(SsoPaths.ApiAccess, ApiAccess);
        realm.MapMethods(SsoPaths.UserInfo, ["GET", "POST"], UserInfo);
        realm.MapMethods(SsoPaths.EndSession, ["GET", "POST"], (Delegate)EndSessionAsync);
        app.MapPost(SsoPaths.SignIn, SignInAsync).DisableAntiforgery();
        // Where a person lands who came from the proxies of OMS or Run Registry: those applications are not played.
        app.MapGet("/{application}/oauth2/callback", () => Results.Content(SignInPage.Message(
            "Signed in", "The application that sent you here is only played by a stand-in and has no pages."), StandinPage.ContentType));
    }

    private static async Task<IResult> AuthorizeAsync(HttpContext http, SamplePeople people, SsoSessions sessions, TimeProvider time)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (http.Request.Query.ContainsKey(RefusedFlag)) return Refuse(Errors.AccessDenied, "The person refused to sign in.");

        var session = await http.AuthenticateAsync(SsoServer.SessionScheme);
        var sid = session.Principal?.FindFirstValue(SessionIdClaim);
        var person = sessions.IsEnded(sid) ? null : people.Find(session.Principal?.FindFirstValue(Claims.Subject));
        var tooOld = request.MaxAge is { } seconds && session.Properties?.IssuedUtc is { } issued
            && time.GetUtcNow() - issued > TimeSpan.FromSeconds(seconds);
        if (person is null || tooOld || request.HasPromptValue(PromptValues.Login))
        {
            if (request.HasPromptValue(PromptValues.None)) return Refuse(Errors.LoginRequired, "Nobody is signed in.");
            return Results.Content(SignInPage.Render(people, WithoutPrompt(request), request.ClientId!), StandinPage.ContentType);
        }

        sessions.Joined(sid!, person.Login, SsoPaths.Issuer(http.Request), request.RedirectUri);
        // The code carries who and when; all other claims are read when it is exchanged.
        var principal = PersonClaims.OfCode(
            person,
            sid!,
            session.Properties?.IssuedUtc ?? time.GetUtcNow(),
            // Keycloak gives a refresh token to every web session, asked for or not.
            request.GetScopes().Append(Scopes.OfflineAccess).Distinct());
        return Results.SignIn(principal, authenticationScheme: Provider);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, SamplePeople people)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var request = form["request"].ToString();
        var authorization = $"{SsoPaths.Realm}/{SsoPaths.Authorization}?";
        if (!request.StartsWith(authorization, StringComparison.Ordinal))
            return Results.Content(SignInPage.Message("Start again", "Go back to the application and sign in from there."), StandinPage.ContentType, null, 400);
        if (form.ContainsKey("cancel")) return Results.Redirect($"{request}&{RefusedFlag}=1");
        if (people.Find(form["login"]) is not { } person)
            return Results.Content(SignInPage.Message("Nobody by that name", "Go back and choose one of the people listed."), StandinPage.ContentType, null, 400);

        var identity = new ClaimsIdentity(
            [new(Claims.Subject, person.Login), new(SessionIdClaim, Guid.NewGuid().ToString())], SsoServer.SessionScheme);
        await http.SignInAsync(SsoServer.SessionScheme, new ClaimsPrincipal(identity));
        return Results.Redirect(request);
    }

    private static async Task<IResult> TokenAsync(HttpContext http, SamplePeople people, UsedCodes codes, SsoSessions sessions)
    {
        var request = http.GetOpenIddictServerRequest()!;
        // The plain token endpoint gives an application a token for itself, which no API takes.
        if (request.IsClientCredentialsGrantType())
            return Results.SignIn(PersonClaims.OfApplication(request.ClientId!, request.ClientId), authenticationScheme: Provider);

        var granted = (await http.AuthenticateAsync(Provider)).Principal!;
        if (request.IsAuthorizationCodeGrantType() && !codes.Use(granted.GetClaim(PersonClaims.CodeId) ?? ""))
            return Refuse(Errors.InvalidGrant, "Code not valid");
        if (sessions.IsEnded(granted.GetClaim(SessionIdClaim))) return Refuse(Errors.InvalidGrant, "Session not active");
        if (people.Find(granted.GetClaim(Claims.Subject)) is not { } person) return Refuse(Errors.InvalidGrant, "User not found");

        // Claims are read again, so that roles given or taken meanwhile show after a refresh.
        var principal = PersonClaims.Of(person, request.ClientId!, granted.GetClaim(SessionIdClaim) ?? "", granted.GetScopes());
        if (granted.GetClaim(Claims.AuthenticationTime) is { } signedInAt && long.TryParse(signedInAt, out var seconds))
            principal.SetClaim(Claims.AuthenticationTime, seconds);
        principal.SetDestinations(PersonClaims.Everywhere);
        principal.SetResources(request.ClientId!);
        return Results.SignIn(principal, authenticationScheme: Provider);
    }

    private static IResult ApiAccess(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (!request.IsClientCredentialsGrantType()) return Refuse(Errors.UnsupportedGrantType, "Only client_credentials is served here.");
        var audience = request.GetParameter(Parameters.Audience)?.ToString();
        return string.IsNullOrEmpty(audience)
            ? Refuse(Errors.InvalidRequest, "Missing parameter: audience")
            : Results.SignIn(PersonClaims.OfApplication(request.ClientId!, audience), authenticationScheme: Provider);
    }

    private static async Task<IResult> UserInfo(HttpContext http, SamplePeople people)
    {
        var token = (await http.AuthenticateAsync(Provider)).Principal;
        if (people.Find(token?.GetClaim(Claims.Subject)) is not { } person)
            return Results.Challenge(authenticationSchemes: [Provider]);
        // Roles are in the tokens only.
        return Results.Json(new Dictionary<string, object?>
        {
            [Claims.Subject] = person.Login,
            [Claims.PreferredUsername] = person.Login,
            [Claims.Name] = person.Name,
            [Claims.GivenName] = person.Given,
            [Claims.FamilyName] = person.Family,
            [Claims.Email] = person.Email,
            ["cern_upn"] = person.Login,
        });
    }

    private static async Task<IResult> EndSessionAsync(HttpContext http, SsoSessions sessions)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var session = await http.AuthenticateAsync(SsoServer.SessionScheme);
        await http.SignOutAsync(SsoServer.SessionScheme);
        await sessions.EndAsync(session.Principal?.FindFirstValue(SessionIdClaim), http.RequestAborted);
        return string.IsNullOrEmpty(request.PostLogoutRedirectUri)
            ? Results.Content(SignInPage.Message("Signed out", "You are signed out."), StandinPage.ContentType)
            : Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Provider]);
    }

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [Provider]);

    // The same request again, but without the demand that brought the person here: else it would never end.
    private static string WithoutPrompt(OpenIddictRequest request)
    {
        var query = request.GetParameters()
            .Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge))
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value.ToString() ?? "")}");
        return $"{SsoPaths.Realm}/{SsoPaths.Authorization}?{string.Join('&', query)}";
    }
}
