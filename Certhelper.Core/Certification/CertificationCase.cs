using Certhelper.Core.Runs;

namespace Certhelper.Core.Certification;

/// <summary>Which certification is about to be saved.</summary>
/// <param name="RunNumber">The run.</param>
/// <param name="Reconstruction">Its reconstruction.</param>
/// <param name="Existing">What is stored; null for a new one. Answers, problems, reference and bad reason are loaded.</param>
public sealed record CertificationCase(int RunNumber, Reconstruction Reconstruction, TrackerCertification? Existing);
