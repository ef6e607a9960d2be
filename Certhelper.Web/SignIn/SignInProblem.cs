using Certhelper.Core.Metrics;

namespace Certhelper.Web.SignIn;

/// <summary>Why signing in did not work; each has its own sentence on the page that says so.</summary>
public enum SignInProblem
{
    /// <summary>CERN SSO does not answer.</summary>
    Unavailable,

    /// <summary>The person, or a rule of CERN SSO, said no.</summary>
    Refused,

    /// <summary>The answer does not belong to a question of this browser: too late, another window, no cookies.</summary>
    StartAgain,

    /// <summary>The token names nobody.</summary>
    Nameless,

    /// <summary>An administrator has shut the person out.</summary>
    Deactivated,

    /// <summary>Anything else.</summary>
    Unexpected,
}

/// <summary>Counts sign-ins that did not succeed.</summary>
internal static class SignInProblems
{
    public static void Count(this SignInProblem problem) => Measures.CountSignInFailure(problem.Word());

    /// <summary>Begins counting what this process counts.</summary>
    public static void BeginMeasures()
    {
        Measures.BeginSaves();
        Measures.BeginSignInFailures(Enum.GetValues<SignInProblem>().Select(Word));
    }

    private static string Word(this SignInProblem problem) => problem switch
    {
        SignInProblem.Unavailable => "unavailable",
        SignInProblem.Refused => "refused",
        SignInProblem.StartAgain => "start_again",
        SignInProblem.Nameless => "nameless",
        SignInProblem.Deactivated => "deactivated",
        SignInProblem.Unexpected => "unexpected",
    };
}
