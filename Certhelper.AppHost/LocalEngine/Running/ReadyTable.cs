using System.Globalization;
using System.Text;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>The table that ends the start.</summary>
internal static class ReadyTable
{
    public sealed record Row(string Resource, ResourceState State, TimeSpan? After, IReadOnlyList<Address> Addresses);

    public sealed record Address(string Url, string? Text);

    public static string Render(IReadOnlyList<Row> rows)
    {
        var width = rows.Max(row => row.Resource.Length);
        var urlWidth = rows.SelectMany(row => row.Addresses).Where(address => address.Text is not null).Select(address => address.Url.Length).DefaultIfEmpty(0).Max();
        var table = new StringBuilder();
        foreach (var row in rows)
        {
            var state = row.State.ToString().ToLowerInvariant();
            var after = row.After is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s") : "";
            table.Append(CultureInfo.InvariantCulture, $"  {row.Resource.PadRight(width)}  {state,-9}  {after,7}");
            var indent = $"\n  {new string(' ', width)}  {"",-9}  {"",7}";
            for (var i = 0; i < row.Addresses.Count; i++)
            {
                if (i > 0) table.Append(indent);
                var (url, text) = row.Addresses[i];
                table.Append("  ").Append(text is null ? url : $"{url.PadRight(urlWidth)}  {text}");
            }

            table.Append('\n');
        }

        return table.ToString();
    }
}
