using System.Globalization;
using Certhelper.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Certhelper.Web.Lists;

/// <summary>Something that a filter can name.</summary>
public sealed record Choice(string Value, string Text, string? Group);

/// <summary>A filter that is kept under a name, as the menu of its list shows it.</summary>
public sealed record SavedFilterLink(int Id, string Name, string Query, bool Mine, bool Shared, string OwnerName);

/// <summary>What the filter of a list offers to choose from, and the filters that are kept for it.</summary>
public sealed class ListChoices
{
    private sealed record Row(string Kind, string Value, string Text, string? Extra, int Number, bool Flag);

    public IReadOnlyList<Choice> Shifters { get; private init; } = [];

    /// <summary>By component.</summary>
    public IReadOnlyList<Choice> Problems { get; private init; } = [];

    public IReadOnlyList<Choice> Reasons { get; private init; } = [];

    public IReadOnlyList<Choice> Eras { get; private init; } = [];

    public IReadOnlyList<Choice> FillTypes { get; private init; } = [];

    public IReadOnlyList<SavedFilterLink> Saved { get; private init; } = [];

    /// <summary>The name of what an address names otherwise.</summary>
    public string? NameOf(string parameter, string value) => parameter switch
    {
        "problem" => Problems.FirstOrDefault(choice => choice.Value == value)?.Text,
        "reason" => Reasons.FirstOrDefault(choice => choice.Value == value)?.Text,
        "shifter" => Shifters.FirstOrDefault(choice => choice.Value.Equals(value, StringComparison.OrdinalIgnoreCase))?.Text,
        _ => null,
    };

    /// <summary>
    /// One statement. Values of runs are found by jumping from one to the next in their index, so that it costs as much as
    /// there are different values, not as much as there are runs.
    /// </summary>
    internal static async Task<ListChoices> ReadAsync(CerthelperDbContext db, string list, int? userId, CancellationToken cancellationToken)
    {
        var me = userId ?? 0;
        var rows = await db.Database.SqlQuery<Row>($"""
            WITH RECURSIVE eras AS (
              (SELECT era FROM runs WHERE era IS NOT NULL ORDER BY era LIMIT 1)
              UNION ALL
              SELECT (SELECT era FROM runs WHERE era > eras.era ORDER BY era LIMIT 1) FROM eras WHERE eras.era IS NOT NULL),
            fill_types AS (
              (SELECT fill_type_runtime AS kind FROM runs WHERE fill_type_runtime IS NOT NULL ORDER BY fill_type_runtime LIMIT 1)
              UNION ALL
              SELECT (SELECT fill_type_runtime FROM runs WHERE fill_type_runtime > fill_types.kind ORDER BY fill_type_runtime LIMIT 1)
              FROM fill_types WHERE fill_types.kind IS NOT NULL)
            SELECT 'era' AS kind, era AS value, era AS text, NULL::text AS extra, 0 AS number, false AS flag FROM eras WHERE era IS NOT NULL
            UNION ALL
            SELECT 'filltype', kind, kind, NULL, 0, false FROM fill_types WHERE kind IS NOT NULL
            UNION ALL
            SELECT 'shifter', login, name, NULL, 0, false FROM users WHERE EXISTS (SELECT 1 FROM certifications WHERE owner_id = users.id)
            UNION ALL
            SELECT 'problem', id::text, name, component, 0, retired_at IS NOT NULL FROM component_problems
            UNION ALL
            SELECT 'reason', id::text, name, NULL, 0, false FROM bad_reasons
            UNION ALL
            (SELECT 'saved', saved.query, saved.name, CASE WHEN saved.owner_id = {me} THEN NULL ELSE users.name END, saved.id, saved.shared
            FROM saved_filters AS saved JOIN users ON users.id = saved.owner_id
            WHERE saved.list = {list} AND (saved.owner_id = {me} OR saved.shared) ORDER BY saved.owner_id = {me} DESC, saved.name LIMIT 200)
            """).ToListAsync(cancellationToken);
        var of = rows.ToLookup(row => row.Kind);
        return new ListChoices
        {
            Shifters = Sorted("shifter"),
            Problems = Sorted("problem"),
            Reasons = Sorted("reason"),
            Eras = [.. Sorted("era").Reverse()],
            FillTypes = Sorted("filltype"),
            Saved =
            [
                .. of["saved"].OrderBy(row => row.Extra is not null).ThenBy(row => row.Text, StringComparer.CurrentCultureIgnoreCase)
                    .Select(row => new SavedFilterLink(row.Number, row.Text, row.Value, row.Extra is null, row.Flag, row.Extra ?? "")),
            ],
        };

        IReadOnlyList<Choice> Sorted(string kind) =>
        [
            .. of[kind].OrderBy(row => row.Text, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true))
                .Select(row => new Choice(row.Value, row.Text, row.Extra)),
        ];
    }
}
