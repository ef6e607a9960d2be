namespace Certhelper.Jobs.Background;

/// <summary>How far a job has come.</summary>
/// <param name="Done">Things done.</param>
/// <param name="Total">Things in all, as far as is known; 0 while it is not.</param>
/// <param name="Words">What is being done, or what came of it.</param>
public sealed record JobStep(int Done, int Total, string Words);
