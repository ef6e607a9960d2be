using Certhelper.Core.Runs;
using Certhelper.Web.Certify;

namespace Certhelper.Web.Checklists;

/// <summary>What the placeholders of links stand for. Null is not known: such a link is shown as plain text.</summary>
/// <param name="Run">The run that is looked at.</param>
/// <param name="Fill">Its fill.</param>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Reconstruction">Its reconstruction.</param>
/// <param name="Reference">The run it is compared with.</param>
public sealed record LinkValues(int? Run, int? Fill, string? Dataset, Reconstruction? Reconstruction, int? Reference)
{
    /// <summary>No run at hand.</summary>
    public static LinkValues None { get; } = new(null, null, null, null, null);

    /// <summary>Whether dataset and reference can still be chosen on this page, so that its script keeps the links right.</summary>
    public bool CanChange { get; init; }

    /// <summary>What the form at hand is about.</summary>
    public static LinkValues Of(CertifyForm form) => new(
        form.Sheet.RunNumber,
        form.Sheet.Facts.Run?.FillNumber,
        string.IsNullOrWhiteSpace(form.Input.DatasetName) ? null : form.Input.DatasetName,
        form.Sheet.Reconstruction,
        form.Sheet.References.FirstOrDefault(advice => advice.Id == form.Input.ReferenceId)?.Candidate.Conditions.RunNumber)
    {
        CanChange = true,
    };
}
