using Certhelper.Standins.Ebutz;
using Certhelper.Standins.Oms;
using Certhelper.Standins.RunRegistry;
using Certhelper.Standins.Tokens;

namespace Certhelper.Standins.Control;

/// <summary>A service that is played: its name at the control endpoint and where it answers.</summary>
internal sealed record Service(string Name, string Title, string Path, string Application, string ContentType)
{
    public static IReadOnlyList<Service> All { get; } =
    [
        new("sso", "Single Sign-On", "/auth", Audiences.Oms, "application/json"),
        new("oms", "OMS", OmsApi.Root, Audiences.Oms, OmsEnvelope.ContentType),
        new("runregistry", "Run Registry", RegistryApi.Root, Audiences.RunRegistry, "application/json"),
        new("ebutz", "ebutz (APV mode)", EbutzApi.Root, Audiences.Oms, "text/plain"),
    ];

    public static Service? Of(PathString path) => All.FirstOrDefault(service => path.StartsWithSegments(service.Path));
}
