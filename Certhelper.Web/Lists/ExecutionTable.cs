namespace Certhelper.Web.Lists;

/// <summary>A table of executions.</summary>
/// <param name="WithScript">Whether rows say which script it was.</param>
/// <param name="WhenEmpty">What is said when there is none.</param>
public sealed record ExecutionTable(IReadOnlyList<ExecutionRow> Rows, DateTimeOffset Now, bool WithScript, string WhenEmpty);
