using System.Globalization;
using System.Text.RegularExpressions;
using Certhelper.Core.Runs;
using Certhelper.Web.Shell;

namespace Certhelper.Web.Checklists;

/// <summary>
/// Where a link of a checklist leads. Only http, https and pages of this site are links. <c>dqmgui:Tracking</c>,
/// <c>dqmgui-reference:Tracking</c>, <c>oms:run</c>, <c>oms:fill</c>, <c>oms:reference</c>, <c>rr:run</c> and
/// <c>rr:reference</c> are the exact pages, so that nobody has to know their addresses.
/// </summary>
public static partial class LinkRule
{
    /// <summary>Stands for the dataset where the page's script puts it in.</summary>
    private const string LiveDataset = "~dataset~";

    /// <summary>The address; null when the link leads nowhere: forbidden, or something it needs is not known.</summary>
    public static string? Resolve(string? target, LinkValues values)
    {
        if (string.IsNullOrWhiteSpace(target)) return null;
        return Allowed(Named(target.Trim(), values) ?? Filled(target.Trim(), values));
    }

    /// <summary>The address with marks for what can still be chosen on the page; null when nothing of it can.</summary>
    public static string? Live(string? target, LinkValues values)
    {
        if (!values.CanChange || string.IsNullOrWhiteSpace(target)) return null;
        // A number that no run has marks the place of the reference: addresses take numbers only.
        var live = Resolve(target, values with { Dataset = LiveDataset, Reference = LiveReference });
        return live is not null && (live.Contains(LiveDataset, StringComparison.Ordinal) || live.Contains(LiveReferenceText, StringComparison.Ordinal))
            ? live.Replace(LiveReferenceText, "~reference~", StringComparison.Ordinal)
            : null;
    }

    /// <summary>Whether it is a page of somebody else.</summary>
    public static bool IsOutside(string address) => !address.StartsWith('/');

    private const int LiveReference = 1_999_999_999;
    private static readonly string LiveReferenceText = LiveReference.ToString(CultureInfo.InvariantCulture);

    private static string? Named(string target, LinkValues values)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        var rest = target[(colon + 1)..];
        return (target[..colon].ToLowerInvariant(), rest) switch
        {
            ("dqmgui", _) => values.Run is { } run ? OutsideLinks.DqmGui(run, values.Dataset) + Workspace(rest) : "",
            ("dqmgui-reference", _) => values.Reference is { } run ? OutsideLinks.DqmGui(run, null) + Workspace(rest) : "",
            ("oms", "run" or "") => values.Run is { } run ? OutsideLinks.OmsRun(run) : "",
            ("oms", "fill") => values.Fill is { } fill ? OutsideLinks.OmsFill(fill) : "",
            ("oms", "reference") => values.Reference is { } run ? OutsideLinks.OmsRun(run) : "",
            ("rr", "run" or "") => values.Run is { } run ? OutsideLinks.RunRegistry(run) : "",
            ("rr", "reference") => values.Reference is { } run ? OutsideLinks.RunRegistry(run) : "",
            _ => null,
        };
    }

    /// <summary><c>Tracking/TrackParameters</c>: the workspace, and the folder in it.</summary>
    private static string Workspace(string path)
    {
        if (path.Length == 0) return "";
        var name = path.Split('/')[0];
        return $";workspace={Uri.EscapeDataString(name)}" + (path.Length > name.Length ? $";root={Uri.EscapeDataString(path)}" : "");
    }

    private static string? Filled(string target, LinkValues values)
    {
        var known = true;
        var filled = Placeholder().Replace(target, match =>
        {
            var value = match.Groups[1].Value switch
            {
                "run" => values.Run?.ToString(CultureInfo.InvariantCulture),
                "fill" => values.Fill?.ToString(CultureInfo.InvariantCulture),
                "dataset" => values.Dataset,
                "reconstruction" => values.Reconstruction?.Code(),
                "reference" => values.Reference?.ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
            known &= value is not null;
            return Uri.EscapeDataString(value ?? "");
        });
        return known ? filled : null;
    }

    private static string? Allowed(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Any(char.IsControl)) return null;
        // "//host" and "/\host" are other sites to a browser.
        if (address[0] == '/') return address.Length > 1 && address[1] is '/' or '\\' ? null : address;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri.AbsoluteUri
            : null;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
