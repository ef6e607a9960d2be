using Certhelper.Core.Lists;
using Certhelper.Core.RunRegistry;
using Certhelper.Core.Runs;
using Certhelper.Web.Lists;
using Certhelper.Web.TagHelpers;

namespace Certhelper.Web.Leader;

/// <summary>A comparison with the Run Registry as a page shows it: filtered by kind, cut into pages.</summary>
/// <param name="Read">All that was compared.</param>
/// <param name="Kind">The kind that is shown: a word such as <c>differs</c>, <c>all</c>, or null for all but agreed.</param>
/// <param name="Page">The rows of this page.</param>
/// <param name="RefreshAction">Where a POST asks for fresh datasets.</param>
/// <param name="IsLate">Whether fresh datasets were asked for and no worker has looked for a while.</param>
public sealed record ComparisonView(
    ComparedSelection Read, string? Kind, PageOf<ComparedRun> Page, string RefreshAction, bool IsLate)
{
    public const string All = "all";

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly (Agreement Agreement, string Word, string Title)[] Kinds =
    [
        (Agreement.Differs, "differs", "differ"),
        (Agreement.MissingThere, "missing-there", "missing there"),
        (Agreement.MissingHere, "missing-here", "missing here"),
        (Agreement.NotSignedOff, "not-signed-off", "not signed off"),
        (Agreement.Agreed, "agreed", "agreed"),
    ];

    /// <summary>Words and titles of the kinds with how many rows each has, the worst first.</summary>
    public IEnumerable<(string Word, string Title, StatusKind Look, int Count)> Counts =>
        Kinds.Select(kind => (kind.Word, kind.Title, LookOf(kind.Agreement), Read.Rows.Count(row => row.Agreement == kind.Agreement)));

    public static string TitleOf(Agreement agreement) => Kinds.Single(kind => kind.Agreement == agreement).Title;

    /// <summary>How a kind is drawn.</summary>
    public static StatusKind LookOf(Agreement agreement) => agreement switch
    {
        Agreement.Agreed => StatusKind.Good,
        Agreement.Differs => StatusKind.Conflict,
        Agreement.MissingThere => StatusKind.Unknown,
        Agreement.MissingHere => StatusKind.Open,
        Agreement.NotSignedOff => StatusKind.Waiting,
    };

    public static ComparisonView Of(ComparedSelection read, string? kind, int? number, string refreshAction, DateTimeOffset now)
    {
        var known = kind == All || Kinds.Any(one => one.Word == kind) ? kind : null;
        var shown = read.Rows.Where(row => known switch
        {
            All => true,
            null => row.Agreement != Agreement.Agreed,
            _ => Kinds.Single(one => one.Word == known).Agreement == row.Agreement,
        }).ToList();
        var page = Math.Clamp(number ?? 1, 1, Math.Max(1, (shown.Count + Paging.Size - 1) / Paging.Size));
        return new ComparisonView(
            read, known,
            new PageOf<ComparedRun>([.. shown.Skip((page - 1) * Paging.Size).Take(Paging.Size)], shown.Count, page, Paging.Size),
            refreshAction,
            read.Asked is { TakenAt: null } asked && now - asked.AskedAt > Fresh);
    }

    /// <summary>Reconstructions that a filter asks for.</summary>
    public static IReadOnlyList<Reconstruction> Only(CertificationFilter filter) =>
        [.. Reconstructions.Certifiable.Where(reconstruction => filter.Has("reconstruction", reconstruction.Code()))];
}
