namespace Certhelper.Core.Runs;

/// <summary>Who said a fact.</summary>
public enum FactSource
{
    Oms,
    RunRegistry,
    Ebutz,

    /// <summary>Typed by a person; never overwritten by a machine.</summary>
    Person,
}

/// <summary>Where a value of a run or fill comes from.</summary>
/// <param name="Source">Who said it.</param>
/// <param name="At">When it was read or typed.</param>
/// <param name="By">The login name, when a person typed it.</param>
public sealed record FactOrigin(FactSource Source, DateTimeOffset At, string? By = null)
{
    /// <summary>Who said it, short: <c>OMS</c>, <c>RR</c>, <c>ebutz</c>, <c>by sara</c>.</summary>
    public string Words => Source switch
    {
        FactSource.Oms => "OMS",
        FactSource.RunRegistry => "RR",
        FactSource.Ebutz => "ebutz",
        FactSource.Person => "by " + By,
    };
}
