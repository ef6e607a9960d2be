namespace Certhelper.Core.People;

/// <summary>
/// A session that has ended although its cookie would still be good: a copy of the cookie does not work any more, in no
/// replica. Kept until the cookie would have ended by itself.
/// </summary>
public sealed class EndedSession
{
    internal const int LongestKey = 200;

    /// <summary>What has ended, see <see cref="SessionKeys"/>.</summary>
    public required string Key { get; init; }

    /// <summary>Sessions that began later are not meant.</summary>
    public required DateTimeOffset EndedAt { get; set; }

    public required DateTimeOffset ForgetAt { get; set; }
}

/// <summary>By what a session can be ended.</summary>
public static class SessionKeys
{
    /// <summary>One session of ours.</summary>
    public static string Own(string id) => "own:" + id;

    /// <summary>All that began with one session of CERN SSO.</summary>
    public static string Sso(string sid) => "sid:" + sid;

    /// <summary>All of one person, by the subject that CERN SSO names.</summary>
    public static string Subject(string subject) => "sub:" + subject;
}
