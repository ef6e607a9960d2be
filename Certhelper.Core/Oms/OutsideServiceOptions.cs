using System.ComponentModel.DataAnnotations;

namespace Certhelper.Core.Oms;

/// <summary>What the client of an outside service must know.</summary>
public abstract class OutsideServiceOptions
{
    /// <summary>Base address of the API, without a slash at the end.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>How long one attempt may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:02:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all attempts of one question may take together, the answer's body included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a failed attempt is repeated, with growing, jittered pauses.</summary>
    [Range(1, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>Pause before the first repetition.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a service that kept failing is left alone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>The same for a service that wants an access token. One application registration at CERN serves all of them.</summary>
public abstract class TokenServiceOptions : OutsideServiceOptions
{
    /// <summary>Where an access token is got with the application's own credentials.</summary>
    public string TokenUrl { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>The API that the token is meant for.</summary>
    public string Audience { get; set; } = "";
}
