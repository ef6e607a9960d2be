namespace Certhelper.Core.Certification;

/// <summary>A kind of problem that a component can have, from a list that people keep short.</summary>
public sealed class ComponentProblem
{
    public int Id { get; init; }

    public required Component Component { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>Not offered any more since then; certifications that name it keep it.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}
