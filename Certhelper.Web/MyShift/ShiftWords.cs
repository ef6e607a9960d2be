using Certhelper.Core.Runs;
using Certhelper.Web.TagHelpers;

namespace Certhelper.Web.MyShift;

/// <summary>How a cell of the board is drawn and read out.</summary>
internal static class ShiftWords
{
    /// <summary>The status and its words.</summary>
    public static (StatusKind Kind, string Words) Status(ShiftCell cell, bool mayCertify) => cell.State switch
    {
        CellState.New => (StatusKind.Open, mayCertify ? "certify" : "open"),
        CellState.Incomplete => (StatusKind.Unknown, "data incomplete"),
        CellState.Draft => (StatusKind.Draft, "draft"),
        CellState.TakenByMe => (StatusKind.Working, "taken by me"),
        CellState.TakenByOther => (StatusKind.Working, "taken by " + cell.HolderName),
        CellState.Mine => (StatusKind.Mine, "mine"),
        CellState.Certified => (StatusKind.Taken, cell.ByName!),
        CellState.NotOpen => (StatusKind.Waiting, cell.RegistryWords),
    };

    /// <summary>What its link does, for people who hear it. Holds the words that others see, for people who speak them.</summary>
    public static string Link(int run, ShiftCell cell)
    {
        var name = FormattableString.Invariant($"{run} {cell.Reconstruction.Code()}");
        return cell.State switch
        {
            CellState.Mine => $"Mine: {name}, certified by me",
            CellState.Certified => $"{name}, certified by {cell.ByName}",
            CellState.TakenByOther => $"Certify {name}, taken by {cell.HolderName}",
            CellState.Draft => $"Certify {name}, go on with my draft",
            CellState.TakenByMe => $"Certify {name}, taken by me",
            CellState.Incomplete => $"Certify {name}, data incomplete: {cell.Lacks}",
            CellState.New or CellState.NotOpen => $"Certify {name}",
        };
    }

    /// <summary>The Run Registry's word on it.</summary>
    public static string Registry(ShiftCell cell) =>
        "Run Registry: " + cell.RegistryWords + (cell.Datasets > 1 ? FormattableString.Invariant($", {cell.Datasets} datasets") : "");
}
