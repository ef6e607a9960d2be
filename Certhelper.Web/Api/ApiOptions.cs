namespace Certhelper.Web.Api;

/// <summary>Settings of the API.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>
    /// Whether the list of certified runs and their references, which the previous application gave to everybody, needs no
    /// session. Off unless somebody depends on it.
    /// </summary>
    public bool PublicCertificationList { get; set; }
}
