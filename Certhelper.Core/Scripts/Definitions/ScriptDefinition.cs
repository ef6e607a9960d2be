using Certhelper.Core.People;

namespace Certhelper.Core.Scripts;

/// <summary>
/// What a script is: where it runs, what it is given, how its success is recognised and what it leaves behind. Part of a
/// version, and as such never changed. Secrets are not here: only the name under which the configuration has them.
/// </summary>
public sealed record ScriptDefinition
{
    /// <summary>What it does and how long it takes, for the person at the form; Markdown.</summary>
    public string Help { get; init; } = "";

    /// <summary>Name of the host, as its key is pinned. The configuration may say where it really is (<c>Scripts:Addresses</c>).</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 22;

    public ScriptAuthentication Authentication { get; init; }

    /// <summary>Name of the credential in the configuration (<c>Scripts:Credentials:&lt;name&gt;</c>).</summary>
    public string Credential { get; init; } = "";

    /// <summary>The account on the host; empty means the one of the credential.</summary>
    public string Account { get; init; } = "";

    /// <summary>
    /// Where the command runs. <c>~/</c> is the account's home, <c>{root}</c> the root of the installation's data
    /// (<c>Scripts:Root</c>), <c>*</c> and <c>?</c> match; of several matches the last by name is taken.
    /// </summary>
    public string Directory { get; init; } = "";

    /// <summary>The program and its first words. Words are separated by spaces, quotes keep spaces; nothing else is special.</summary>
    public string Command { get; init; } = "";

    /// <summary>What a person gives, in order: words without a keyword first come in this order, too.</summary>
    public List<ScriptArgument> Arguments { get; init; } = [];

    /// <summary>What it leaves behind.</summary>
    public List<ScriptOutput> Outputs { get; init; } = [];

    public ScriptSuccess Success { get; init; } = new();

    /// <summary>Minutes after which it is stopped, counted from the request; waiting for the host is included.</summary>
    public int TimeLimitMinutes { get; init; } = 120;

    /// <summary>How many may run at the same time.</summary>
    public int Side { get; init; } = 1;

    /// <summary>Name of the argument for whose value <see cref="Side"/> is counted on its own; empty means for the whole script.</summary>
    public string SideArgument { get; init; } = "";

    /// <summary>How often a failed execution is tried again by itself.</summary>
    public int Retries { get; init; }

    /// <summary>Minutes before it is tried again.</summary>
    public int RetryDelayMinutes { get; init; } = 5;

    /// <summary>Megabytes of output that are kept; what comes after is counted only.</summary>
    public int OutputLimitMegabytes { get; init; } = 50;

    /// <summary>Who may run it, among those who may run scripts at all; empty means all of them.</summary>
    public List<Role> Runners { get; init; } = [];
}

/// <summary>How the host lets us in.</summary>
public enum ScriptAuthentication
{
    Password,
    KeyboardInteractive,
    PrivateKey,
}

/// <summary>How a value is checked, asked for and handed over.</summary>
public enum ScriptArgumentKind
{
    Integer,
    Text,
    Choice,

    /// <summary>Run numbers and ranges, as <c>380115-380118, 380200</c>; each run is a word of its own.</summary>
    RunList,
}

/// <summary>How a keyword and its value are joined.</summary>
public enum KeywordSeparator
{
    /// <summary><c>--keyword value</c>, two words.</summary>
    Space,

    /// <summary><c>--keyword=value</c>, one word.</summary>
    Equals,
}

/// <summary>One value that a person gives.</summary>
public sealed record ScriptArgument
{
    /// <summary>Name of the field; small letters, digits, underscores.</summary>
    public string Name { get; init; } = "";

    public string Label { get; init; } = "";

    public ScriptArgumentKind Kind { get; init; }

    /// <summary>Keyword without the dashes; empty for a positional argument.</summary>
    public string Keyword { get; init; } = "";

    public KeywordSeparator Separator { get; init; }

    public string Default { get; init; } = "";

    public string Help { get; init; } = "";

    public bool Required { get; init; } = true;

    /// <summary>Smallest integer, or fewest runs.</summary>
    public long? Min { get; init; }

    /// <summary>Largest integer, most runs, or longest text.</summary>
    public long? Max { get; init; }

    /// <summary>Regular expression which the whole text must match; empty for any printable text.</summary>
    public string Pattern { get; init; } = "";

    public List<string> Choices { get; init; } = [];
}

/// <summary>What kind of file it is, and so how it is shown.</summary>
public enum ScriptOutputKind
{
    Image,
    Text,
    Other,
}

/// <summary>Files that the script leaves behind.</summary>
public sealed record ScriptOutput
{
    /// <summary>
    /// Where to look: <c>~/</c> and <c>{root}</c> as in the command's directory, <c>{name}</c> an argument, <c>{run}</c> each
    /// run of the run list in turn, <c>{run/1000}</c> its thousands, <c>*</c> any one folder.
    /// </summary>
    public string Directory { get; init; } = "";

    /// <summary>
    /// Found anywhere in the file's name. Groups named <c>arg1</c>, <c>arg2</c>, … or like an argument or its keyword must
    /// equal what was given.
    /// </summary>
    public string Pattern { get; init; } = "";

    public ScriptOutputKind Kind { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Larger files are not fetched.</summary>
    public int MaxMegabytes { get; init; } = 20;

    /// <summary>Whether these are tracker maps: shown with the run and beside the certify form.</summary>
    public bool TrackerMaps { get; init; }
}

/// <summary>How success is recognised. All that is said must hold.</summary>
public sealed record ScriptSuccess
{
    /// <summary>Exit codes of success; empty means that the code says nothing.</summary>
    public List<int> ExitCodes { get; init; } = [0];

    /// <summary>Regular expression that must be found in a line of the output; empty for none.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Whether every expected output must have left at least one new file.</summary>
    public bool NeedsFiles { get; init; }
}
