using System.ComponentModel.DataAnnotations;

namespace Certhelper.Web.Security;

/// <summary>How many requests are too many, and how large one may be.</summary>
public sealed class LimitsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Limits";

    private const string Words = "Limits:{0} must be a number from 1 to 1000000 (example: Limits__{0}=60).";

    /// <summary>Steps of signing in per minute from one address; a sign-in has two.</summary>
    [Range(1, 1_000_000, ErrorMessage = Words)]
    public int SignInsAMinute { get; set; } = 120;

    /// <summary>Files per minute and person.</summary>
    [Range(1, 1_000_000, ErrorMessage = Words)]
    public int ExportsAMinute { get; set; } = 60;

    /// <summary>Requests to the API per minute and person, or address where nobody is signed in.</summary>
    [Range(1, 1_000_000, ErrorMessage = Words)]
    public int ApiAMinute { get; set; } = 600;

    /// <summary>Largest body of a request.</summary>
    [Range(65_536, 100_000_000, ErrorMessage = "Limits:{0} must be a number of bytes from 65536 to 100000000 (example: Limits__{0}=2000000).")]
    public int BodyBytes { get; set; } = 2_000_000;
}

/// <summary>Which proxies may say where a request came from.</summary>
public sealed class ProxyOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Proxy";

    /// <summary>Networks of the proxies, with commas between: <c>10.128.0.0/14, 192.0.2.7/32</c>. None: nobody is believed.</summary>
    public string Networks { get; set; } = "";
}

/// <summary>What <c>/.well-known/security.txt</c> says.</summary>
public sealed class ContactOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Security";

    /// <summary>Whom to tell of a hole.</summary>
    [Required(ErrorMessage = "Security:Contact is empty (example: Security__Contact=mailto:computer.security@cern.ch).")]
    public string Contact { get; set; } = "mailto:computer.security@cern.ch";
}
