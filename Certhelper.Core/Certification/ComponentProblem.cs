using Certhelper.Core.Administration;

namespace Certhelper.Core.Certification;

/// <summary>A kind of problem that a component can have, from a list that people keep short.</summary>
public sealed class ComponentProblem : IChoice
{
    public int Id { get; init; }

    public required Component Component { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    public int Position { get; set; }

    public uint Version { get; set; }
}
