using System.Globalization;
using System.Security.Claims;
using Certhelper.Core.People;

namespace Certhelper.Web.SignIn;

/// <summary>The claims that a session carries: as few as pages need.</summary>
internal static class SessionIdentity
{
    public static ClaimsIdentity Of(User user)
    {
        var identity = new ClaimsIdentity(Session.Scheme, Session.NameClaim, Session.RoleClaim);
        identity.AddClaim(new Claim(Session.LoginClaim, user.Login));
        identity.AddClaim(new Claim(Session.NameClaim, user.Name));
        identity.AddClaim(new Claim(Session.UserIdClaim, user.Id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaims(user.Roles.Select(role => new Claim(Session.RoleClaim, role.ToString())));
        return identity;
    }
}
