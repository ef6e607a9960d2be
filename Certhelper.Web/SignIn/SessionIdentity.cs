using System.Security.Claims;
using Certhelper.Core.People;

namespace Certhelper.Web.SignIn;

/// <summary>What the cookie says when a session begins; each request reads the person again, see <see cref="SessionPerson"/>.</summary>
internal static class SessionIdentity
{
    public static ClaimsIdentity Of(User user) => SessionPerson.Identity(user.Id, user.Login, user.Name, KnownPeople.Together(user.Roles, []));
}
