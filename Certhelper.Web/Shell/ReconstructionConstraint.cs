using System.Globalization;
using Certhelper.Core.Runs;

namespace Certhelper.Web.Shell;

/// <summary>Lets only codes of certifiable reconstructions into a route: <c>/runs/380115/express/certify</c>.</summary>
internal sealed class ReconstructionConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value)
        && Reconstructions.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out var reconstruction)
        && Reconstructions.Certifiable.Contains(reconstruction);
}
