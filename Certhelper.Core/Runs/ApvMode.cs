namespace Certhelper.Core.Runs;

/// <summary>Read-out mode of the strip tracker's front-end chips.</summary>
public enum ApvMode
{
    Peak,
    Deconvolution,
}
