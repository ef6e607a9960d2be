namespace Certhelper.Web.Scripts.Hosts;

/// <summary>A key on a page on which it is decided.</summary>
/// <param name="Case">The key.</param>
/// <param name="Typed">What was typed to confirm.</param>
/// <param name="Problem">What is wrong with that; null when nothing is.</param>
public sealed record HostKeyCard(HostKeyCase Case, string? Typed = null, string? Problem = null);
