using System.Globalization;
using Certhelper.Core.Certification;
using Certhelper.Core.References;

namespace Certhelper.Core.Runs;

/// <summary>One processing of one run: what a certification judges and what a reference is.</summary>
public sealed class RunReconstruction
{
    public int Id { get; init; }

    public required int RunNumber { get; init; }

    public Run? Run { get; init; }

    public required Reconstruction Reconstruction { get; init; }

    public Reference? Reference { get; set; }

    public List<TrackerCertification> Certifications { get; } = [];

    /// <summary>What people call it: <c>380115 express</c>.</summary>
    public string Name() => string.Create(CultureInfo.InvariantCulture, $"{RunNumber} {Reconstruction.Code()}");
}
